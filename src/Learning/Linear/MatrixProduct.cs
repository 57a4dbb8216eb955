using System.Buffers;

namespace DklActors.Learning.Linear;

/// <summary>C = A·B in float32, blocked, packed and on several threads.</summary>
/// <remarks>
/// The scheme is that of Goto and van de Geijn ("Anatomy of high-performance matrix multiplication", ACM TOMS 2008):
/// A and B are copied into panels of as many rows or columns as a register tile has, padded by zeros, and the
/// <see cref="MicroKernel"/> multiplies panels. Tiles of C are independent and the inner dimension is never split
/// between threads, so the bits do not depend on their number.
/// </remarks>
internal static class MatrixProduct
{
    // A panel of B with this many inner steps stays in the first-level cache.
    private const int InnerBlock = 256;

    // Below this many multiplications a second thread costs more than it saves.
    private const long WorthTwoThreads = 400_000;

    private const int PanelsInTask = 4;

    /// <param name="left">m × k.</param>
    /// <param name="right">k × n.</param>
    /// <param name="result">m × n, row-major; overwritten.</param>
    /// <param name="threads">Most threads to use.</param>
    public static void Multiply(MatrixView left, MatrixView right, Memory<float> result, int threads)
    {
        int m = left.Rows, n = right.Columns, inner = left.Columns;
        if (right.Rows != inner || result.Length < m * n)
        {
            throw new ArgumentException(
                $"({m} × {inner})·({right.Rows} × {n}) does not fit a result of {result.Length}.", nameof(result));
        }

        result.Span[..(m * n)].Clear();
        int leftPanels = Panels(m, MicroKernel.Rows), rightPanels = Panels(n, MicroKernel.Columns);
        int depth = Math.Min(inner, InnerBlock);
        float[] leftPacked = ArrayPool<float>.Shared.Rent(leftPanels * MicroKernel.Rows * depth);
        float[] rightPacked = ArrayPool<float>.Shared.Rent(rightPanels * MicroKernel.Columns * depth);
        int usedThreads = (long)m * n * inner < WorthTwoThreads ? 1 : threads;
        for (int start = 0; start < inner; start += InnerBlock)
        {
            int steps = Math.Min(InnerBlock, inner - start);
            int from = start;
            Tiles.ForEach(leftPanels, PanelsInTask, usedThreads, (first, count) => Pack(
                left, from, steps, first, count, MicroKernel.Rows, leftPacked));
            Tiles.ForEach(rightPanels, PanelsInTask, usedThreads, (first, count) =>
            {
                Pack(right.Transposed, from, steps, first, count, MicroKernel.Columns, rightPacked);
                MultiplyPanels(leftPacked, rightPacked, steps, first, count, result, m, n);
            });
        }

        ArrayPool<float>.Shared.Return(leftPacked);
        ArrayPool<float>.Shared.Return(rightPacked);
    }

    private static int Panels(int length, int width) => (length + width - 1) / width;

    /// <summary>Copies rows of a matrix into panels of <paramref name="width"/> rows, inner index outermost.</summary>
    private static void Pack(
        MatrixView matrix, int start, int steps, int firstPanel, int panels, int width, float[] packed)
    {
        ReadOnlySpan<float> values = matrix.Values.Span;
        for (int panel = firstPanel; panel < firstPanel + panels; panel++)
        {
            Span<float> target = packed.AsSpan(panel * width * steps, width * steps);
            int rows = Math.Min(width, matrix.Rows - (panel * width));
            if (rows < width)
            {
                target.Clear();
            }

            for (int row = 0; row < rows; row++)
            {
                int source = (((panel * width) + row) * matrix.RowStride) + (start * matrix.ColumnStride);
                for (int step = 0; step < steps; step++)
                {
                    target[(step * width) + row] = values[source];
                    source += matrix.ColumnStride;
                }
            }
        }
    }

    private static void MultiplyPanels(
        float[] left, float[] right, int steps, int firstPanel, int panels, Memory<float> result, int m, int n)
    {
        Span<float> tile = stackalloc float[MicroKernel.Rows * MicroKernel.Columns];
        Span<float> target = result.Span;
        for (int rightPanel = firstPanel; rightPanel < firstPanel + panels; rightPanel++)
        {
            int column = rightPanel * MicroKernel.Columns;
            int columns = Math.Min(MicroKernel.Columns, n - column);
            ReadOnlySpan<float> rightSpan =
                right.AsSpan(rightPanel * MicroKernel.Columns * steps, MicroKernel.Columns * steps);
            for (int leftPanel = 0; leftPanel * MicroKernel.Rows < m; leftPanel++)
            {
                int row = leftPanel * MicroKernel.Rows;
                int rows = Math.Min(MicroKernel.Rows, m - row);
                MicroKernel.Multiply(
                    left.AsSpan(row * steps, MicroKernel.Rows * steps), rightSpan, steps, tile);
                for (int i = 0; i < rows; i++)
                {
                    Span<float> line = target.Slice(((row + i) * n) + column, columns);
                    ReadOnlySpan<float> source = tile.Slice(i * MicroKernel.Columns, columns);
                    for (int j = 0; j < line.Length; j++)
                    {
                        line[j] += source[j];
                    }
                }
            }
        }
    }
}
