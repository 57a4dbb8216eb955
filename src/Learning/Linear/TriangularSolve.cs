using System.Buffers;

namespace DklActors.Learning.Linear;

/// <summary>Solves with the lower Cholesky factor L (n × n, row-major float64).</summary>
internal static class TriangularSolve
{
    private const int BlockSize = TriangularBlock.Size;

    private const int ColumnsInTask = 96;

    private const int SumBlockSize = 192;

    // Below this order, starting a second thread costs more than it saves.
    private const int WorthTwoThreads = 192;

    /// <summary>x ← L⁻¹x.</summary>
    public static void Forward(ReadOnlySpan<double> factor, int n, Span<double> x)
    {
        for (int i = 0; i < n; i++)
        {
            ReadOnlySpan<double> row = factor.Slice(i * n, i);
            x[i] = (x[i] - VectorKernels.Dot(row, x[..i])) / factor[(i * n) + i];
        }
    }

    /// <summary>x ← L⁻ᵀx.</summary>
    public static void Backward(ReadOnlySpan<double> factor, int n, Span<double> x)
    {
        for (int i = n - 1; i >= 0; i--)
        {
            x[i] /= factor[(i * n) + i];
            VectorKernels.AddScaled(-x[i], factor.Slice(i * n, i), x[..i]);
        }
    }

    /// <summary>(L·Lᵀ)⁻¹, both triangles.</summary>
    /// <param name="factor">L.</param>
    /// <param name="n">Order.</param>
    /// <param name="work">n × n values, 0 above the diagonal and kept so; receives L⁻¹.</param>
    /// <param name="inverse">n × n values of result.</param>
    /// <param name="threads">Most threads to use.</param>
    public static void Invert(
        ReadOnlyMemory<double> factor, int n, Memory<double> work, Memory<double> inverse, int threads = 1)
    {
        double[] diagonal = ArrayPool<double>.Shared.Rent(BlockSize * BlockSize);
        for (int block = 0; block < n; block += BlockSize)
        {
            int start = block, rows = Math.Min(BlockSize, n - block);
            TriangularBlock.Invert(factor.Span[((start * n) + start)..], rows, n, diagonal);
            for (int row = 0; row < rows; row++)
            {
                diagonal.AsSpan(row * rows, rows).CopyTo(work.Span[(((start + row) * n) + start)..]);
            }

            if (threads > 1 && start >= WorthTwoThreads)
            {
                ShareRows(factor, n, work, inverse, diagonal, start, rows, threads);
                continue;
            }

            for (int column = 0; column < start; column += ColumnsInTask)
            {
                InvertRows(
                    factor, n, work, inverse, diagonal, start, rows, column, Math.Min(ColumnsInTask, start - column));
            }
        }

        ArrayPool<double>.Shared.Return(diagonal);

        // L⁻ᵀ·L⁻¹ as a sum over blocks of rows, each of which ends at its diagonal.
        for (int block = 0; block < n; block += SumBlockSize)
        {
            int rows = Math.Min(SumBlockSize, n - block), end = block + rows;
            MatrixView<double> strip = new MatrixView<double>(work, n, n).Block(block, 0, rows, end);
            if (block > 0)
            {
                inverse.Span.Slice(block * n, rows * n).Clear();
            }

            ProductUpdate update = block > 0 ? ProductUpdate.Add : ProductUpdate.Replace;
            MatrixProduct.Multiply(
                strip.Transposed, strip, new MatrixTarget<double>(inverse, n, update, LowerOnly: true), threads);
        }

        if (threads > 1 && n >= WorthTwoThreads)
        {
            ShareCopying(inverse, n, threads);
            return;
        }

        for (int start = 0; start < n; start += BlockSize)
        {
            CopyToUpper(inverse.Span, n, start, Math.Min(BlockSize, n - start));
        }
    }

    // Closures are apart, so that work on one thread allocates nothing.
    private static void ShareRows(
        ReadOnlyMemory<double> factor, int n, Memory<double> work, Memory<double> inverse, double[] diagonal,
        int start, int rows, int threads) =>
        Tiles.ForEach(start, ColumnsInTask, threads, (column, columns) =>
            InvertRows(factor, n, work, inverse, diagonal, start, rows, column, columns));

    private static void ShareCopying(Memory<double> inverse, int n, int threads) =>
        Tiles.ForEach(n, BlockSize, threads, (start, rows) => CopyToUpper(inverse.Span, n, start, rows));

    // Rows start … of L⁻¹ in some columns left of their diagonal block: T_I = −L_II⁻¹·(L_I·T). The result's memory
    // holds what stands in brackets.
    private static void InvertRows(
        ReadOnlyMemory<double> factor, int n, Memory<double> work, Memory<double> inverse, double[] diagonal,
        int start, int rows, int column, int columns)
    {
        int first = (start * n) + column, inner = start - column;
        MatrixView<double> left = new MatrixView<double>(factor, n, n).Block(start, column, rows, inner);
        MatrixView<double> right = new MatrixView<double>(work, n, n).Block(column, column, inner, columns);
        MatrixProduct.Multiply(left, right, new MatrixTarget<double>(inverse[first..], n), threads: 1);
        for (int row = 0; row < rows; row++)
        {
            work.Span.Slice(first + (row * n), columns).Clear();
        }

        MatrixProduct.Multiply(
            new MatrixView<double>(diagonal, rows, rows), new MatrixView<double>(inverse[first..], rows, columns, n, 1),
            new MatrixTarget<double>(work[first..], n, ProductUpdate.Subtract), threads: 1);
        for (int row = 0; row < rows; row++)
        {
            double pivot = factor.Span[((start + row) * n) + start + row];
            Negligible.Clear(work.Span.Slice(first + (row * n), columns), Negligible.Relative / pivot);
        }
    }

    // In squares, so that the lines read down a column are still there for the next one.
    private static void CopyToUpper(Span<double> matrix, int n, int start, int rows)
    {
        for (int square = 0; square < start + rows; square += BlockSize)
        {
            for (int row = start; row < start + rows; row++)
            {
                for (int column = square; column < Math.Min(square + BlockSize, row); column++)
                {
                    matrix[(column * n) + row] = matrix[(row * n) + column];
                }
            }
        }
    }
}
