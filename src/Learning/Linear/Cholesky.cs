namespace DklActors.Learning.Linear;

/// <summary>Cholesky factorisation A = L·Lᵀ of symmetric positive definite matrices, row-major float64.</summary>
internal static class Cholesky
{
    private const int BlockSize = 48;

    private const int RowsInTask = 32;

    // Below this many rows, starting a second thread costs more than it saves.
    private const int WorthTwoThreads = 128;

    /// <summary>Jitter added to the diagonal, relative to its mean, in the order tried; the first is none.</summary>
    public static ReadOnlySpan<double> JitterLadder => [0.0, 1e-10, 1e-8, 1e-6, 1e-4];

    /// <summary>
    /// Overwrites the lower triangle of A by L. The strict upper triangle is not read; some of it may be overwritten.
    /// </summary>
    /// <remarks>
    /// Right-looking: a block of columns is factorised, then taken out of the rest by a matrix product.
    /// </remarks>
    /// <param name="matrix">n × n values.</param>
    /// <param name="n">Order.</param>
    /// <param name="threads">Most threads to use.</param>
    /// <returns>False if A is not positive definite (or not finite); its lower triangle is then spoilt.</returns>
    public static bool TryFactorise(Memory<double> matrix, int n, int threads = 1)
    {
        for (int block = 0; block < n; block += BlockSize)
        {
            int size = Math.Min(BlockSize, n - block), start = block, end = block + size;
            for (int row = block; row < end; row++)
            {
                if (!TryFinishDiagonalRow(matrix.Span.Slice(block * n, size * n), row - block, block, n))
                {
                    return false;
                }
            }

            int rest = n - end;
            Tiles.ForEach(rest, RowsInTask, rest < WorthTwoThreads ? 1 : threads, (first, count) =>
            {
                ReadOnlySpan<double> done = matrix.Span.Slice(start * n, size * n);
                for (int row = end + first; row < end + first + count; row++)
                {
                    SolveRow(done, matrix.Span.Slice((row * n) + start, size), start, n);
                }
            });
            if (rest > 0)
            {
                var panel = new MatrixView<double>(matrix[((end * n) + block)..], rest, size, n, 1);
                var trailing = new MatrixTarget<double>(
                    matrix[((end * n) + end)..], n, ProductUpdate.Subtract, LowerOnly: true);
                MatrixProduct.Multiply(panel, panel.Transposed, trailing, threads);
            }
        }

        return true;
    }

    // The row's elements left of the diagonal, then the diagonal itself.
    private static bool TryFinishDiagonalRow(Span<double> rows, int index, int start, int n)
    {
        Span<double> row = rows.Slice((index * n) + start, index + 1);
        SolveRow(rows, row[..index], start, n);
        double rest = row[index] - VectorKernels.Dot(row[..index], row[..index]);
        row[index] = Math.Sqrt(rest);
        return rest > 0.0 && double.IsFinite(rest);
    }

    /// <summary>row ← row·L⁻ᵀ with the leading triangle of a finished diagonal block.</summary>
    private static void SolveRow(ReadOnlySpan<double> block, Span<double> row, int start, int n)
    {
        for (int column = 0; column < row.Length; column++)
        {
            ReadOnlySpan<double> other = block.Slice((column * n) + start, column + 1);
            row[column] = (row[column] - VectorKernels.Dot(row[..column], other[..column])) / other[column];
        }
    }

    /// <summary>Factorises with as little of the jitter ladder as will do.</summary>
    /// <param name="matrix">n × n values, lower triangle used; kept.</param>
    /// <param name="n">Order.</param>
    /// <param name="factor">n × n values; receives L in its lower triangle.</param>
    /// <param name="jitter">What was added to the diagonal, in the matrix's unit.</param>
    /// <param name="threads">Most threads to use.</param>
    public static bool TryFactoriseWithJitter(
        ReadOnlyMemory<double> matrix, int n, Memory<double> factor, out double jitter, int threads = 1)
    {
        double trace = 0.0;
        for (int i = 0; i < n; i++)
        {
            trace += matrix.Span[(i * n) + i];
        }

        foreach (double step in JitterLadder)
        {
            jitter = step * trace / n;
            matrix[..(n * n)].CopyTo(factor);
            for (int i = 0; i < n; i++)
            {
                factor.Span[(i * n) + i] += jitter;
            }

            if (TryFactorise(factor, n, threads))
            {
                return true;
            }
        }

        jitter = double.NaN;
        return false;
    }
}
