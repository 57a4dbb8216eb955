using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DklActors.Learning.Linear;

/// <summary>C = A·B in float32 or float64, blocked, packed and on several threads.</summary>
/// <remarks>
/// The scheme is that of Goto and van de Geijn ("Anatomy of high-performance matrix multiplication", ACM TOMS 2008):
/// a panel of B, as wide as a register tile and short enough for the first-level cache, is packed once for a block of
/// rows of A that stays in the second-level cache. Tasks write to disjoint parts of C and the inner dimension is never
/// split between them, so the bits do not depend on the number of threads.
/// </remarks>
internal static class MatrixProduct
{
    // A panel of B with so many steps is three quarters of a first-level cache of 48 KiB (half of it with AVX2).
    private const int InnerBlock = 192;

    // So many rows of A, an inner block wide, are half of a second-level cache of 1 to 2 MiB.
    private const int RowBlock = 1024;

    private const int TransposedRows = 64;

    // Below this many multiplications a second thread costs more than it saves.
    private const long WorthTwoThreads = 400_000;

    /// <param name="left">m × k.</param>
    /// <param name="right">k × n.</param>
    /// <param name="target">m × n.</param>
    /// <param name="threads">Most threads to use.</param>
    /// <param name="finish">Called for every finished part of the target while it is in the cache, or null.</param>
    /// <exception cref="ArgumentException">The shapes do not match.</exception>
    public static void Multiply<T>(
        MatrixView<T> left, MatrixView<T> right, MatrixTarget<T> target, int threads,
        Action<ProductPart>? finish = null)
        where T : unmanaged, INumber<T>
    {
        int m = left.Rows, n = right.Columns, inner = left.Columns;
        if (right.Rows != inner || target.RowStride < n || target.Values.Length < ((m - 1) * target.RowStride) + n)
        {
            throw new ArgumentException(
                $"({m} × {inner})·({right.Rows} × {n}) does not fit a result of {target.Values.Length} values " +
                $"in rows of {target.RowStride}.", nameof(target));
        }

        int usedThreads = (long)m * n * inner < WorthTwoThreads ? 1 : threads;
        T[]? packed = null;
        if (left.ColumnStride != 1)
        {
            packed = ArrayPool<T>.Shared.Rent(m * inner);
            left = MakeRowMajor(left, packed, usedThreads);
        }

        int panels = Parts(n, MicroKernel.Columns<T>());
        MatrixView<T> rows = left;
        Tiles.ForEach(panels * Parts(m, RowBlock), 1, usedThreads, (task, _) =>
        {
            int column = task % panels * MicroKernel.Columns<T>();
            int row = task / panels * RowBlock;
            var part = new ProductPart(
                row, Math.Min(RowBlock, m - row), column, Math.Min(MicroKernel.Columns<T>(), n - column));
            MultiplyPart(rows, right, target, part);
            finish?.Invoke(part);
        });
        if (packed is not null)
        {
            ArrayPool<T>.Shared.Return(packed);
        }
    }

    private static int Parts(int length, int width) => (length + width - 1) / width;

    private static MatrixView<T> MakeRowMajor<T>(MatrixView<T> matrix, T[] packed, int threads)
        where T : unmanaged
    {
        int columns = matrix.Columns;
        Tiles.ForEach(matrix.Rows, TransposedRows, threads, (start, count) => Interleave(
            matrix.Transposed.Block(0, start, columns, count), packed.AsSpan(start * columns), 1, columns));
        return new MatrixView<T>(packed, matrix.Rows, columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyPart<T>(
        MatrixView<T> left, MatrixView<T> right, MatrixTarget<T> target, ProductPart part)
        where T : unmanaged, INumber<T>
    {
        int width = MicroKernel.Columns<T>();
        int blocks = Math.Max(Parts(left.Columns, InnerBlock), 1);
        int longest = Parts(left.Columns, blocks);
        Span<T> panel = PanelScratch<T>.Rent(longest * width);
        Span<T> edge = stackalloc T[MicroKernel.Rows * MicroKernel.MostColumns];
        T sign = target.Update == ProductUpdate.Subtract ? -T.One : T.One;
        int firstRow = part.Row;
        if (target.LowerOnly && part.Column > part.Row)
        {
            firstRow += (part.Column - part.Row) / MicroKernel.Rows * MicroKernel.Rows;
        }

        for (int start = 0; start < left.Columns; start += longest)
        {
            int steps = Math.Min(longest, left.Columns - start);
            bool add = start > 0 || target.Update != ProductUpdate.Replace;
            Pack(right.Block(start, part.Column, steps, part.Columns), panel, width);
            for (int row = firstRow; row < part.Row + part.Rows; row += MicroKernel.Rows)
            {
                int rows = Math.Min(MicroKernel.Rows, part.Row + part.Rows - row);
                ref T factor = ref MemoryMarshal.GetReference(
                    left.Values.Span.Slice((row * left.RowStride) + start, ((rows - 1) * left.RowStride) + steps));
                Span<T> tile = target.Values.Span[((row * target.RowStride) + part.Column)..];
                if (part.Columns == width)
                {
                    MicroKernel.Multiply(
                        ref factor, left.RowStride, rows, ref MemoryMarshal.GetReference(panel), steps,
                        ref MemoryMarshal.GetReference(tile), target.RowStride, sign, add);
                    continue;
                }

                MicroKernel.Multiply(
                    ref factor, left.RowStride, rows, ref MemoryMarshal.GetReference(panel), steps,
                    ref MemoryMarshal.GetReference(edge), width, sign, add: false);
                CopyEdge(edge, rows, width, tile, target.RowStride, part.Columns, add);
            }
        }
    }

    private static void CopyEdge<T>(
        ReadOnlySpan<T> edge, int rows, int width, Span<T> tile, int stride, int columns, bool add)
        where T : unmanaged, INumber<T>
    {
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<T> source = edge.Slice(row * width, columns);
            Span<T> line = tile.Slice(row * stride, columns);
            for (int i = 0; i < line.Length; i++)
            {
                line[i] = add ? line[i] + source[i] : source[i];
            }
        }
    }

    /// <summary>Copies a matrix into rows of <paramref name="width"/>, what is missing filled by zeros.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pack<T>(MatrixView<T> matrix, Span<T> packed, int width)
        where T : unmanaged
    {
        if (matrix.Columns < width)
        {
            packed[..(matrix.Rows * width)].Clear();
        }

        if (matrix.ColumnStride != 1)
        {
            Interleave(matrix, packed, width, 1);
            return;
        }

        ReadOnlySpan<T> values = matrix.Values.Span;
        for (int row = 0; row < matrix.Rows; row++)
        {
            values.Slice(row * matrix.RowStride, matrix.Columns).CopyTo(packed[(row * width)..]);
        }
    }

    /// <summary>
    /// Copies element (i, j) to i · <paramref name="rowStride"/> + j · <paramref name="columnStride"/>, four columns
    /// at a time: so every cache line of either side is used up while it is there.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Interleave<T>(MatrixView<T> matrix, Span<T> packed, int rowStride, int columnStride)
        where T : unmanaged
    {
        ReadOnlySpan<T> values = matrix.Values.Span;
        int column = 0;
        for (; column <= matrix.Columns - 4; column += 4)
        {
            ReadOnlySpan<T> source = values[(column * matrix.ColumnStride)..];
            int target = column * columnStride;
            for (int row = 0, from = 0; row < matrix.Rows; row++, from += matrix.RowStride, target += rowStride)
            {
                packed[target] = source[from];
                packed[target + columnStride] = source[from + matrix.ColumnStride];
                packed[target + (2 * columnStride)] = source[from + (2 * matrix.ColumnStride)];
                packed[target + (3 * columnStride)] = source[from + (3 * matrix.ColumnStride)];
            }
        }

        for (; column < matrix.Columns; column++)
        {
            for (int row = 0; row < matrix.Rows; row++)
            {
                packed[(row * rowStride) + (column * columnStride)] =
                    values[(row * matrix.RowStride) + (column * matrix.ColumnStride)];
            }
        }
    }
}
