using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DklActors.Learning.Linear;

/// <summary>Transposing copies: in squares of eight or four vectors where the processor has AVX.</summary>
internal static class Transposition
{
    /// <summary>target[column · targetStride + row] = source[row · sourceStride + column].</summary>
    /// <param name="source">rows × columns.</param>
    /// <param name="sourceStride">Distance of the source's rows.</param>
    /// <param name="rows">Rows of the source.</param>
    /// <param name="columns">Columns of the source.</param>
    /// <param name="target">columns × rows.</param>
    /// <param name="targetStride">Distance of the target's rows.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Copy<T>(
        ReadOnlySpan<T> source, int sourceStride, int rows, int columns, Span<T> target, int targetStride)
        where T : unmanaged
    {
        if (rows == 0 || columns == 0)
        {
            return;
        }

        int side = !Avx.IsSupported ? 0 : Unsafe.SizeOf<T>() == sizeof(float) ? 8 : 4;
        int squareRows = side > 0 ? rows / side * side : 0, squareColumns = side > 0 ? columns / side * side : 0;
        ref T from = ref MemoryMarshal.GetReference(source[..(((rows - 1) * sourceStride) + columns)]);
        ref T to = ref MemoryMarshal.GetReference(target[..(((columns - 1) * targetStride) + rows)]);
        for (int column = 0; column < squareColumns; column += side)
        {
            for (int row = 0; row < squareRows; row += side)
            {
                ref T corner = ref Unsafe.Add(ref from, (row * sourceStride) + column);
                ref T image = ref Unsafe.Add(ref to, (column * targetStride) + row);
                if (side == 8)
                {
                    CopyEight(
                        ref Unsafe.As<T, float>(ref corner), sourceStride, ref Unsafe.As<T, float>(ref image),
                        targetStride);
                }
                else
                {
                    CopyFour(
                        ref Unsafe.As<T, double>(ref corner), sourceStride, ref Unsafe.As<T, double>(ref image),
                        targetStride);
                }
            }
        }

        CopyPlainly(ref from, sourceStride, ref to, targetStride, squareRows, rows, 0, squareColumns);
        CopyPlainly(ref from, sourceStride, ref to, targetStride, 0, rows, squareColumns, columns);
    }

    private static void CopyPlainly<T>(
        ref T source, int sourceStride, ref T target, int targetStride, int firstRow, int endRow, int firstColumn,
        int endColumn)
        where T : unmanaged
    {
        for (int column = firstColumn; column < endColumn; column++)
        {
            for (int row = firstRow; row < endRow; row++)
            {
                Unsafe.Add(ref target, (column * targetStride) + row) =
                    Unsafe.Add(ref source, (row * sourceStride) + column);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyEight(ref float source, int sourceStride, ref float target, int targetStride)
    {
        (Vector256<float> a0, Vector256<float> a1, Vector256<float> a2, Vector256<float> a3) =
            HalfOfEight(ref source, sourceStride);
        (Vector256<float> b0, Vector256<float> b1, Vector256<float> b2, Vector256<float> b3) =
            HalfOfEight(ref Unsafe.Add(ref source, 4 * sourceStride), sourceStride);
        Store(ref target, 0, targetStride, Avx.Permute2x128(a0, b0, 0x20));
        Store(ref target, 1, targetStride, Avx.Permute2x128(a1, b1, 0x20));
        Store(ref target, 2, targetStride, Avx.Permute2x128(a2, b2, 0x20));
        Store(ref target, 3, targetStride, Avx.Permute2x128(a3, b3, 0x20));
        Store(ref target, 4, targetStride, Avx.Permute2x128(a0, b0, 0x31));
        Store(ref target, 5, targetStride, Avx.Permute2x128(a1, b1, 0x31));
        Store(ref target, 6, targetStride, Avx.Permute2x128(a2, b2, 0x31));
        Store(ref target, 7, targetStride, Avx.Permute2x128(a3, b3, 0x31));
    }

    // Four rows, transposed within each half of the vectors.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<float> R0, Vector256<float> R1, Vector256<float> R2, Vector256<float> R3) HalfOfEight(
        ref float source, int stride)
    {
        var row0 = Vector256.LoadUnsafe(ref source);
        var row1 = Vector256.LoadUnsafe(ref source, (nuint)stride);
        var row2 = Vector256.LoadUnsafe(ref source, (nuint)(2 * stride));
        var row3 = Vector256.LoadUnsafe(ref source, (nuint)(3 * stride));
        Vector256<float> low01 = Avx.UnpackLow(row0, row1), high01 = Avx.UnpackHigh(row0, row1);
        Vector256<float> low23 = Avx.UnpackLow(row2, row3), high23 = Avx.UnpackHigh(row2, row3);
        return (
            Avx.Shuffle(low01, low23, 0x44), Avx.Shuffle(low01, low23, 0xEE), Avx.Shuffle(high01, high23, 0x44),
            Avx.Shuffle(high01, high23, 0xEE));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyFour(ref double source, int sourceStride, ref double target, int targetStride)
    {
        var row0 = Vector256.LoadUnsafe(ref source);
        var row1 = Vector256.LoadUnsafe(ref source, (nuint)sourceStride);
        var row2 = Vector256.LoadUnsafe(ref source, (nuint)(2 * sourceStride));
        var row3 = Vector256.LoadUnsafe(ref source, (nuint)(3 * sourceStride));
        Vector256<double> low01 = Avx.UnpackLow(row0, row1), high01 = Avx.UnpackHigh(row0, row1);
        Vector256<double> low23 = Avx.UnpackLow(row2, row3), high23 = Avx.UnpackHigh(row2, row3);
        Store(ref target, 0, targetStride, Avx.Permute2x128(low01, low23, 0x20));
        Store(ref target, 1, targetStride, Avx.Permute2x128(high01, high23, 0x20));
        Store(ref target, 2, targetStride, Avx.Permute2x128(low01, low23, 0x31));
        Store(ref target, 3, targetStride, Avx.Permute2x128(high01, high23, 0x31));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<T>(ref T target, int row, int stride, Vector256<T> values)
        where T : unmanaged => values.StoreUnsafe(ref target, (nuint)(row * stride));
}
