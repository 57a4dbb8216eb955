namespace DklActors.Learning.Linear;

/// <summary>Solves with the lower Cholesky factor L (n × n, row-major float64).</summary>
internal static class TriangularSolve
{
    private const int BlockSize = 48;

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
        for (int block = 0; block < n; block += BlockSize)
        {
            int start = block, rows = Math.Min(BlockSize, n - block);
            int usedThreads = block < WorthTwoThreads ? 1 : threads;
            Tiles.ForEach(block + rows, ColumnsInTask, usedThreads, (column, columns) =>
                InvertRows(factor, n, work, start, rows, column, columns));
        }

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

        Tiles.ForEach(n, BlockSize, n < WorthTwoThreads ? 1 : threads, (start, rows) =>
            CopyToUpper(inverse.Span, n, start, rows));
    }

    // Rows start … of L⁻¹ in some columns: L_II·T_I = E_I − L_I·T, by forward substitution in the block.
    private static void InvertRows(
        ReadOnlyMemory<double> factor, int n, Memory<double> work, int start, int rows, int column, int columns)
    {
        if (column < start)
        {
            int inner = start - column, above = Math.Min(columns, inner);
            MatrixView<double> left = new MatrixView<double>(factor, n, n).Block(start, column, rows, inner);
            MatrixView<double> right = new MatrixView<double>(work, n, n).Block(column, column, inner, above);
            MatrixProduct.Multiply(
                left, right, new MatrixTarget<double>(work[((start * n) + column)..], n), threads: 1);
        }

        for (int i = start; i < start + rows; i++)
        {
            Span<double> row = work.Span.Slice((i * n) + column, columns);
            int known = Math.Clamp(start - column, 0, columns);
            row[known..].Clear();
            for (int j = start; j < i; j++)
            {
                // What the product left in the row has the opposite sign.
                VectorKernels.AddScaled(
                    factor.Span[(i * n) + j], work.Span.Slice((j * n) + column, columns), row);
            }

            if (i >= column && i < column + columns)
            {
                row[i - column] -= 1.0;
            }

            VectorKernels.Scale(-1.0 / factor.Span[(i * n) + i], row);
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
