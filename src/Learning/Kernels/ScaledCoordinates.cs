using System.Numerics;
using System.Runtime.InteropServices;

namespace DklActors.Learning.Kernels;

/// <summary>
/// Embeddings divided by the lengthscales, float64, one dimension after the other (d × stride), so that a row of
/// the kernel matrix is computed with vectors. The stride is padded: no loop over columns has a scalar tail.
/// </summary>
internal sealed class ScaledCoordinates
{
    /// <summary>Columns that every vector width divides.</summary>
    public const int Alignment = 16;

    private readonly double[] _values;

    /// <param name="embeddings">count × d, row-major.</param>
    /// <param name="lengthscales">d lengthscales.</param>
    public ScaledCoordinates(ReadOnlySpan<float> embeddings, ReadOnlySpan<double> lengthscales)
        : this(embeddings.Length / lengthscales.Length, lengthscales.Length) => Set(embeddings, lengthscales);

    /// <summary>Room for coordinates that are set, and set again, later.</summary>
    public ScaledCoordinates(int count, int dimension)
    {
        Dimension = dimension;
        Count = count;
        Stride = (Count + Alignment - 1) / Alignment * Alignment;
        _values = new double[Dimension * Stride];
    }

    public int Count { get; }

    public int Dimension { get; }

    public int Stride { get; }

    /// <param name="embeddings">count × d, row-major.</param>
    /// <param name="lengthscales">d lengthscales.</param>
    public void Set(ReadOnlySpan<float> embeddings, ReadOnlySpan<double> lengthscales)
    {
        for (int dimension = 0; dimension < Dimension; dimension++)
        {
            Span<double> row = _values.AsSpan(dimension * Stride, Count);
            for (int i = 0; i < row.Length; i++)
            {
                row[i] = embeddings[(i * Dimension) + dimension] / lengthscales[dimension];
            }
        }
    }

    public ReadOnlySpan<double> AllOf(int dimension) => _values.AsSpan(dimension * Stride, Stride);

    public void CopyPoint(int index, Span<double> point)
    {
        for (int dimension = 0; dimension < Dimension; dimension++)
        {
            point[dimension] = _values[(dimension * Stride) + index];
        }
    }

    /// <summary>
    /// Squared scaled distances, in the dimensions of one term of the kernel, from a point to the columns
    /// start … start + distances.Length.
    /// </summary>
    /// <remarks>Both start and length are multiples of <see cref="Alignment"/>.</remarks>
    public void SquaredDistances(ReadOnlySpan<double> point, KernelTerm term, int start, Span<double> distances)
    {
        distances.Clear();
        Span<Vector<double>> sums = Vectors(distances);
        int end = term.FirstDimension + term.DimensionCount;
        for (int dimension = term.FirstDimension; dimension < end; dimension++)
        {
            var centre = new Vector<double>(point[dimension]);
            ReadOnlySpan<Vector<double>> row =
                Vectors(_values.AsSpan((dimension * Stride) + start, distances.Length))[..sums.Length];
            for (int i = 0; i < sums.Length; i++)
            {
                Vector<double> difference = row[i] - centre;
                sums[i] = Vector.FusedMultiplyAdd(difference, difference, sums[i]);
            }
        }
    }

    private static Span<Vector<double>> Vectors(Span<double> values) =>
        MemoryMarshal.Cast<double, Vector<double>>(values);
}
