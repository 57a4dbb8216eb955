using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DklActors.Learning.Linear;

/// <summary>
/// The register tile of the matrix product: 8 × 32 with 512-bit vectors (16 sums and 2 columns of the 32 registers),
/// otherwise 4 × 16 with 256-bit vectors (8 sums of the 16 registers).
/// </summary>
internal static class MicroKernel
{
    public static int Rows => Vector512.IsHardwareAccelerated ? 8 : 4;

    public static int Columns => Vector512.IsHardwareAccelerated ? 32 : 16;

    /// <summary>tile = Σ over steps of left[step]·right[step]ᵀ.</summary>
    /// <param name="left">steps × <see cref="Rows"/>.</param>
    /// <param name="right">steps × <see cref="Columns"/>.</param>
    /// <param name="steps">Inner dimension.</param>
    /// <param name="tile"><see cref="Rows"/> × <see cref="Columns"/>, overwritten.</param>
    public static void Multiply(ReadOnlySpan<float> left, ReadOnlySpan<float> right, int steps, Span<float> tile)
    {
        ref float a = ref MemoryMarshal.GetReference(left[..(steps * Rows)]);
        ref float b = ref MemoryMarshal.GetReference(right[..(steps * Columns)]);
        ref float c = ref MemoryMarshal.GetReference(tile[..(Rows * Columns)]);
        if (Vector512.IsHardwareAccelerated)
        {
            Multiply8By32(ref a, ref b, steps, ref c);
        }
        else
        {
            Multiply4By16(ref a, ref b, steps, ref c);
        }
    }

    private static void Multiply8By32(ref float a, ref float b, int steps, ref float c)
    {
        Vector512<float> c00 = default, c01 = default, c10 = default, c11 = default;
        Vector512<float> c20 = default, c21 = default, c30 = default, c31 = default;
        Vector512<float> c40 = default, c41 = default, c50 = default, c51 = default;
        Vector512<float> c60 = default, c61 = default, c70 = default, c71 = default;
        for (int step = 0; step < steps; step++)
        {
            Vector512<float> b0 = Vector512.LoadUnsafe(ref b);
            Vector512<float> b1 = Vector512.LoadUnsafe(ref b, 16);
            Accumulate(a, b0, b1, ref c00, ref c01);
            Accumulate(Unsafe.Add(ref a, 1), b0, b1, ref c10, ref c11);
            Accumulate(Unsafe.Add(ref a, 2), b0, b1, ref c20, ref c21);
            Accumulate(Unsafe.Add(ref a, 3), b0, b1, ref c30, ref c31);
            Accumulate(Unsafe.Add(ref a, 4), b0, b1, ref c40, ref c41);
            Accumulate(Unsafe.Add(ref a, 5), b0, b1, ref c50, ref c51);
            Accumulate(Unsafe.Add(ref a, 6), b0, b1, ref c60, ref c61);
            Accumulate(Unsafe.Add(ref a, 7), b0, b1, ref c70, ref c71);
            a = ref Unsafe.Add(ref a, 8);
            b = ref Unsafe.Add(ref b, 32);
        }

        Store(ref c, 0, c00, c01);
        Store(ref c, 32, c10, c11);
        Store(ref c, 64, c20, c21);
        Store(ref c, 96, c30, c31);
        Store(ref c, 128, c40, c41);
        Store(ref c, 160, c50, c51);
        Store(ref c, 192, c60, c61);
        Store(ref c, 224, c70, c71);
    }

    private static void Multiply4By16(ref float a, ref float b, int steps, ref float c)
    {
        Vector256<float> c00 = default, c01 = default, c10 = default, c11 = default;
        Vector256<float> c20 = default, c21 = default, c30 = default, c31 = default;
        for (int step = 0; step < steps; step++)
        {
            Vector256<float> b0 = Vector256.LoadUnsafe(ref b);
            Vector256<float> b1 = Vector256.LoadUnsafe(ref b, 8);
            Accumulate(a, b0, b1, ref c00, ref c01);
            Accumulate(Unsafe.Add(ref a, 1), b0, b1, ref c10, ref c11);
            Accumulate(Unsafe.Add(ref a, 2), b0, b1, ref c20, ref c21);
            Accumulate(Unsafe.Add(ref a, 3), b0, b1, ref c30, ref c31);
            a = ref Unsafe.Add(ref a, 4);
            b = ref Unsafe.Add(ref b, 16);
        }

        Store(ref c, 0, c00, c01);
        Store(ref c, 16, c10, c11);
        Store(ref c, 32, c20, c21);
        Store(ref c, 48, c30, c31);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Accumulate(
        float a, Vector512<float> b0, Vector512<float> b1, ref Vector512<float> sum0, ref Vector512<float> sum1)
    {
        Vector512<float> factor = Vector512.Create(a);
        sum0 = Vector512.FusedMultiplyAdd(factor, b0, sum0);
        sum1 = Vector512.FusedMultiplyAdd(factor, b1, sum1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Accumulate(
        float a, Vector256<float> b0, Vector256<float> b1, ref Vector256<float> sum0, ref Vector256<float> sum1)
    {
        Vector256<float> factor = Vector256.Create(a);
        sum0 = Vector256.FusedMultiplyAdd(factor, b0, sum0);
        sum1 = Vector256.FusedMultiplyAdd(factor, b1, sum1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(ref float c, nuint offset, Vector512<float> first, Vector512<float> second)
    {
        first.StoreUnsafe(ref c, offset);
        second.StoreUnsafe(ref c, offset + 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(ref float c, nuint offset, Vector256<float> first, Vector256<float> second)
    {
        first.StoreUnsafe(ref c, offset);
        second.StoreUnsafe(ref c, offset + 8);
    }
}
