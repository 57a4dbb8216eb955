namespace DklActors.Learning.Linear;

/// <summary>
/// A block on the diagonal, small enough for the first-level cache: what the large products leave over.
/// </summary>
internal static class TriangularBlock
{
    /// <summary>Greatest order of a block.</summary>
    public const int Size = 48;

    /// <summary>
    /// Values that the inverses of all blocks of a matrix of order n take; each begins at its row × size.
    /// </summary>
    public static int InversesLength(int n) => (n + Size - 1) / Size * Size * Size;

    /// <summary>Overwrites the lower triangle by its Cholesky factor, row by row.</summary>
    /// <param name="block">order × order values in rows of <paramref name="stride"/>.</param>
    /// <param name="order">At most <see cref="Size"/>.</param>
    /// <param name="stride">Distance of rows.</param>
    /// <param name="least">Magnitude below which an element is 0.</param>
    /// <returns>False if it is not positive definite.</returns>
    public static bool TryFactorise(Span<double> block, int order, int stride, double least)
    {
        for (int i = 0; i < order; i++)
        {
            Span<double> row = block.Slice(i * stride, i + 1);
            for (int j = 0; j < i; j++)
            {
                ReadOnlySpan<double> other = block.Slice(j * stride, j + 1);
                row[j] = Negligible.Clear((row[j] - VectorKernels.Dot(row[..j], other[..j])) / other[j], least);
            }

            double rest = row[i] - VectorKernels.Dot(row[..i], row[..i]);
            if (!(rest > 0.0) || !double.IsFinite(rest))
            {
                return false;
            }

            row[i] = Math.Sqrt(rest);
        }

        return true;
    }

    /// <summary>Inverse of a lower triangle, by forward substitution.</summary>
    /// <param name="block">
    /// order × order values in rows of <paramref name="stride"/>; the lower triangle is read.
    /// </param>
    /// <param name="order">At most <see cref="Size"/>.</param>
    /// <param name="stride">Distance of rows.</param>
    /// <param name="inverse">Receives order × order values, 0 above the diagonal.</param>
    public static void Invert(ReadOnlySpan<double> block, int order, int stride, Span<double> inverse)
    {
        for (int i = 0; i < order; i++)
        {
            ReadOnlySpan<double> line = block.Slice(i * stride, i + 1);
            Span<double> row = inverse.Slice(i * order, order);
            row.Clear();
            row[i] = -1.0;
            for (int j = 0; j < i; j++)
            {
                VectorKernels.AddScaled(line[j], inverse.Slice(j * order, j + 1), row[..(j + 1)]);
            }

            VectorKernels.Scale(-1.0 / line[i], row[..(i + 1)]);
            Negligible.Clear(row[..i], Negligible.Relative / line[i]);
        }
    }
}
