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
        int rowBlock = RowBlock<T>(inner), panels = Parts(n, MicroKernel.Columns<T>());
        using AlignedRental<T> packed = m > rowBlock ? new(panels * inner * MicroKernel.Columns<T>()) : default;
        var tasks = new Tasks<T>(rows, right, packed.Values, target, rowBlock, panels, finish);
        if (m > rowBlock)
        {
            PackPanels(tasks, usedThreads);
        }

        int count = panels * Parts(m, rowBlock);
        if (usedThreads > 1 && count > 1)
        {
            Share(tasks, count, usedThreads);
            return;
        }

        for (int task = 0; task < count; task++)
        {
            tasks.Run(task);
        }
    }

    // Closures are apart, so that a product on one thread allocates nothing.
    private static void Share<T>(Tasks<T> tasks, int count, int threads)
        where T : unmanaged, INumber<T> =>
        Tiles.ForEach(count, 1, threads, (task, _) => tasks.Run(task));

    private static void PackPanels<T>(Tasks<T> tasks, int threads)
        where T : unmanaged, INumber<T>
    {
        if (threads > 1)
        {
            Tiles.ForEach(tasks.Panels, 1, threads, (panel, _) => tasks.PackPanel(panel));
            return;
        }

        for (int panel = 0; panel < tasks.Panels; panel++)
        {
            tasks.PackPanel(panel);
        }
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
        if (threads > 1)
        {
            Tiles.ForEach(
                matrix.Rows, TransposedRows, threads, (start, count) => CopyRows(matrix, packed, start, count));
        }
        else
        {
            CopyRows(matrix, packed, 0, matrix.Rows);
        }

        return new MatrixView<T>(packed, matrix.Rows, matrix.Columns);
    }

    private static void CopyRows<T>(MatrixView<T> matrix, Memory<T> packed, int start, int count)
        where T : unmanaged => Transposition.Copy(
            matrix.Values.Span[start..], matrix.ColumnStride, matrix.Columns, count,
            packed.Span[(start * matrix.Columns)..], matrix.Columns);

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

    /// <summary>A product cut into tasks, panel after panel for each block of rows.</summary>
    /// <param name="Left">Row-major.</param>
    /// <param name="Right">As given.</param>
    /// <param name="Packed">Its panels one after the other, or empty where every task packs its own.</param>
    /// <param name="Target">Where the product goes.</param>
    /// <param name="RowBlock">Rows of a task.</param>
    /// <param name="Panels">Number of panels.</param>
    /// <param name="Finish">Called for every finished part, or null.</param>
    private readonly record struct Tasks<T>(
        MatrixView<T> Left, MatrixView<T> Right, Memory<T> Packed, MatrixTarget<T> Target, int RowBlock, int Panels,
        Action<ProductPart>? Finish)
        where T : unmanaged, INumber<T>
    {
        private static int Width => MicroKernel.Columns<T>();

        public void Run(int task)
        {
            int panel = task % Panels, column = panel * Width, row = task / Panels * RowBlock;
            var part = new ProductPart(
                row, Math.Min(RowBlock, Left.Rows - row), column, Math.Min(Width, Right.Columns - column));
            MultiplyPart(Left, Right, PanelOf(panel), Target, part);
            Finish?.Invoke(part);
        }

        public void PackPanel(int panel) => Pack(
            Right.Block(0, panel * Width, Right.Rows, Math.Min(Width, Right.Columns - (panel * Width))),
            PanelOf(panel), Width);

        private Span<T> PanelOf(int panel) =>
            Packed.IsEmpty ? default : Packed.Span.Slice(panel * Right.Rows * Width, Right.Rows * Width);
    }
}
