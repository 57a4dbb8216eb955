namespace DklActors.Learning.Posteriors;

/// <summary>
/// Covariances of a few chosen candidates with a run of consecutive ones, in the scalarizer's unit².
/// </summary>
/// <param name="Start">Number of the first candidate of the run.</param>
/// <param name="Length">Number of candidates in the run.</param>
/// <param name="Block">One row a chosen candidate, which the visitor may overwrite.</param>
/// <param name="Stride">Values from one row to the next; a multiple of the vector width.</param>
internal readonly record struct CovarianceTile(int Start, int Length, double[] Block, int Stride)
{
    /// <summary>Covariances of the chosen candidate with the run.</summary>
    public Span<double> Row(int chosen) => Block.AsSpan(chosen * Stride, Length);

    /// <summary>The same with the padding, for loops without a scalar tail.</summary>
    public Span<double> PaddedRow(int chosen) => Block.AsSpan(chosen * Stride, Stride);
}
