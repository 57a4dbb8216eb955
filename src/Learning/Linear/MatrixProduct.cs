using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DklActors.Learning.Linear;

/// <summary>C = A·B in float32 or float64, blocked, packed and on several threads.</summary>
/// <remarks>
/// The scheme is that of Goto and van de Geijn ("Anatomy of high-performance matrix multiplication", ACM TOMS 2008):
/// panels of B, as wide as a register tile, are packed once and read by tall tiles of a block of rows of A that stays
/// in the second-level cache for all panels. Tasks write to disjoint parts of C and the inner dimension is never split
/// between them, so the bits do not depend on the number of threads.
/// </remarks>
internal static class MatrixProduct
{
    // A part of the target is read and written once an inner block: rather long than all in the first-level cache,
    // which reads a panel ahead from the second.
    private const int InnerBlock = 512;

    // A block of rows of A, as wide as it is, is half of a second-level cache of 1 to 2 MiB.
    private const int RowBlockBytes = 768 * 1024;

    private const int LeastRowBlock = 96;

    private const int MostRowBlock = 1024;

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
        using AlignedRental<T> rowMajor = left.ColumnStride != 1 ? new(m * inner) : default;
        MatrixView<T> rows = left.ColumnStride != 1 ? MakeRowMajor(left, rowMajor.Values, usedThreads) : left;
        int width = MicroKernel.Columns<T>(), panels = Parts(n, width), rowBlock = RowBlock<T>(inner);
        using AlignedRental<T> packed = m > rowBlock ? new(panels * inner * width) : default;
        Memory<T> packedRight = packed.Values;
        if (m > rowBlock)
        {
            Tiles.ForEach(panels, 1, usedThreads, (panel, _) => Pack(
                right.Block(0, panel * width, inner, Math.Min(width, n - (panel * width))),
                packedRight.Span.Slice(panel * inner * width, inner * width), width));
        }

        Tiles.ForEach(panels * Parts(m, rowBlock), 1, usedThreads, (task, _) =>
        {
            int panel = task % panels, column = panel * width, row = task / panels * rowBlock;
            var part = new ProductPart(row, Math.Min(rowBlock, m - row), column, Math.Min(width, n - column));
            MultiplyPart(
                rows, right, packedRight.IsEmpty ? default : packedRight.Span.Slice(panel * inner * width, inner * width),
                target, part);
            finish?.Invoke(part);
        });
    }

    // Not by the number of threads, so that the bits do not depend on it.
    private static int RowBlock<T>(int inner)
        where T : unmanaged
    {
        int fitting = RowBlockBytes / (Math.Max(inner, 1) * Unsafe.SizeOf<T>());
        return Math.Clamp(fitting / MicroKernel.MostRows * MicroKernel.MostRows, LeastRowBlock, MostRowBlock);
    }

    private static int Parts(int length, int width) => (length + width - 1) / width;

    private static MatrixView<T> MakeRowMajor<T>(MatrixView<T> matrix, Memory<T> packed, int threads)
        where T : unmanaged
    {
        int columns = matrix.Columns;
        Tiles.ForEach(matrix.Rows, TransposedRows, threads, (start, count) => Transposition.Copy(
            matrix.Values.Span[start..], matrix.ColumnStride, columns, count, packed.Span[(start * columns)..], columns));
        return new MatrixView<T>(packed, matrix.Rows, columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyPart<T>(
        MatrixView<T> left, MatrixView<T> right, ReadOnlySpan<T> packedRight, MatrixTarget<T> target, ProductPart part)
        where T : unmanaged, INumber<T>
    {
        int width = MicroKernel.Columns<T>();
        int blocks = Math.Max(Parts(left.Columns, InnerBlock), 1);
        int longest = Parts(left.Columns, blocks), tileRows = MicroKernel.RowsFor(longest);
        Span<T> scratch = packedRight.IsEmpty ? PanelScratch<T>.Rent(longest * width) : default;
        Span<T> edge = stackalloc T[MicroKernel.MostRows * MicroKernel.MostColumns];
        T sign = target.Update == ProductUpdate.Subtract ? -T.One : T.One;
        int firstRow = part.Row;
        if (target.LowerOnly && part.Column > part.Row)
        {
            firstRow += (part.Column - part.Row) / tileRows * tileRows;
        }

        for (int start = 0; start < left.Columns; start += longest)
        {
            int steps = Math.Min(longest, left.Columns - start);
            bool add = start > 0 || target.Update != ProductUpdate.Replace;
            ReadOnlySpan<T> panel = packedRight.IsEmpty ? scratch : packedRight.Slice(start * width, steps * width);
            if (packedRight.IsEmpty)
            {
                Pack(right.Block(start, part.Column, steps, part.Columns), scratch, width);
            }

            for (int row = firstRow; row < part.Row + part.Rows; row += tileRows)
            {
                int rows = Math.Min(tileRows, part.Row + part.Rows - row);
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
            Transposition.Copy(
                matrix.Values.Span, matrix.ColumnStride, matrix.Columns, matrix.Rows, packed, width);
            return;
        }

        ReadOnlySpan<T> values = matrix.Values.Span;
        for (int row = 0; row < matrix.Rows; row++)
        {
            values.Slice(row * matrix.RowStride, matrix.Columns).CopyTo(packed[(row * width)..]);
        }
    }
}
