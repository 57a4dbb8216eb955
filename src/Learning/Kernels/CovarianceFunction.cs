using DklActors.Learning.Linear;

namespace DklActors.Learning.Kernels;

/// <summary>
/// A kernel over scaled coordinates: covariances of one point with a run of others, summed over its terms.
/// </summary>
/// <param name="kernel">Hyperparameters.</param>
/// <param name="scale">Standard deviation of the targets, which the covariances are to be in the square of.</param>
internal readonly struct CovarianceFunction(KernelParameters kernel, double scale)
{
    /// <param name="coordinates">Coordinates of all points.</param>
    /// <param name="point">The one point, scaled.</param>
    /// <param name="start">First of the run; a multiple of the coordinates' alignment, as is its length.</param>
    /// <param name="target">Receives the covariances with the run.</param>
    public void Fill(ScaledCoordinates coordinates, ReadOnlySpan<double> point, int start, Span<double> target)
    {
        FillTerm(kernel.Terms[0], coordinates, point, start, target);
        if (kernel.Terms.Length > 1)
        {
            AddFurther(coordinates, point, start, target);
        }
    }

    private void AddFurther(ScaledCoordinates coordinates, ReadOnlySpan<double> point, int start, Span<double> target)
    {
        double[] scratch = System.Buffers.ArrayPool<double>.Shared.Rent(target.Length);
        Span<double> term = scratch.AsSpan(0, target.Length);
        for (int t = 1; t < kernel.Terms.Length; t++)
        {
            FillTerm(kernel.Terms[t], coordinates, point, start, term);
            VectorKernels.AddScaled(1.0, term, target);
        }

        System.Buffers.ArrayPool<double>.Shared.Return(scratch);
    }

    private void FillTerm(
        KernelTerm term, ScaledCoordinates coordinates, ReadOnlySpan<double> point, int start, Span<double> target)
    {
        coordinates.SquaredDistances(point, term, start, target);
        VectorKernels.Limit(Negligible.FarSquared, target);
        KernelFunction.Covariances(kernel.Kind, term.Variance * scale * scale, target);
    }
}
