using System.Runtime.CompilerServices;

namespace DklActors.Learning.Linear;

/// <summary>
/// The register tile of the matrix product for one width of vectors. Every element is summed over the steps in their
/// order and rounded once a step, so the bits do not depend on the width.
/// </summary>
internal static class RegisterTile<T, TVector, TLanes>
    where T : unmanaged
    where TVector : struct
    where TLanes : ILanes<TVector, T>
{
    /// <summary>target = [target +] sign · Σ over steps of left[·, step] · right[step, ·].</summary>
    /// <param name="left">First row: steps values; the others follow at the stride.</param>
    /// <param name="leftStride">Distance of the left rows.</param>
    /// <param name="rows">Rows to compute, 1 to <see cref="MicroKernel.Rows"/>.</param>
    /// <param name="right">Packed: steps × <see cref="MicroKernel.VectorsInRow"/> vectors.</param>
    /// <param name="steps">Inner dimension.</param>
    /// <param name="target">First row of the tile.</param>
    /// <param name="targetStride">Distance of the tile's rows.</param>
    /// <param name="sign">1 or −1.</param>
    /// <param name="add">Whether to add to what is there.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(
        ref T left, int leftStride, int rows, ref T right, int steps, ref T target, int targetStride, T sign, bool add)
    {
        // Rows that are not there repeat the last one and are not stored.
        ref T left1 = ref Unsafe.Add(ref left, rows > 1 ? leftStride : 0);
        ref T left2 = ref Unsafe.Add(ref left1, rows > 2 ? leftStride : 0);
        ref T left3 = ref Unsafe.Add(ref left2, rows > 3 ? leftStride : 0);
        TVector c00 = default, c01 = default, c02 = default, c10 = default, c11 = default, c12 = default;
        TVector c20 = default, c21 = default, c22 = default, c30 = default, c31 = default, c32 = default;
        for (nint step = 0; step < steps; step++)
        {
            TVector b0 = TLanes.Load(ref right, 0);
            TVector b1 = TLanes.Load(ref right, TLanes.Count);
            TVector b2 = TLanes.Load(ref right, 2 * TLanes.Count);
            Accumulate(Unsafe.Add(ref left, step), b0, b1, b2, ref c00, ref c01, ref c02);
            Accumulate(Unsafe.Add(ref left1, step), b0, b1, b2, ref c10, ref c11, ref c12);
            Accumulate(Unsafe.Add(ref left2, step), b0, b1, b2, ref c20, ref c21, ref c22);
            Accumulate(Unsafe.Add(ref left3, step), b0, b1, b2, ref c30, ref c31, ref c32);
            right = ref Unsafe.Add(ref right, MicroKernel.VectorsInRow * TLanes.Count);
        }

        Finish(ref target, c00, c01, c02, sign, add);
        if (rows > 1)
        {
            Finish(ref Unsafe.Add(ref target, targetStride), c10, c11, c12, sign, add);
        }

        if (rows > 2)
        {
            Finish(ref Unsafe.Add(ref target, 2 * targetStride), c20, c21, c22, sign, add);
        }

        if (rows > 3)
        {
            Finish(ref Unsafe.Add(ref target, 3 * targetStride), c30, c31, c32, sign, add);
        }
    }

    /// <summary>The same for 5 to 8 rows: 24 sums, which only machines with 32 registers can hold.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MultiplyTall(
        ref T left0, int leftStride, int rows, ref T right, int steps, ref T target, int targetStride, T sign, bool add)
    {
        ref T left1 = ref Unsafe.Add(ref left0, rows > 1 ? leftStride : 0);
        ref T left2 = ref Unsafe.Add(ref left1, rows > 2 ? leftStride : 0);
        ref T left3 = ref Unsafe.Add(ref left2, rows > 3 ? leftStride : 0);
        ref T left4 = ref Unsafe.Add(ref left3, rows > 4 ? leftStride : 0);
        ref T left5 = ref Unsafe.Add(ref left4, rows > 5 ? leftStride : 0);
        ref T left6 = ref Unsafe.Add(ref left5, rows > 6 ? leftStride : 0);
        ref T left7 = ref Unsafe.Add(ref left6, rows > 7 ? leftStride : 0);
        TVector c00 = default, c01 = default, c02 = default, c10 = default, c11 = default, c12 = default;
        TVector c20 = default, c21 = default, c22 = default, c30 = default, c31 = default, c32 = default;
        TVector c40 = default, c41 = default, c42 = default, c50 = default, c51 = default, c52 = default;
        TVector c60 = default, c61 = default, c62 = default, c70 = default, c71 = default, c72 = default;
        for (nint step = 0; step < steps; step++)
        {
            TVector b0 = TLanes.Load(ref right, 0);
            TVector b1 = TLanes.Load(ref right, TLanes.Count);
            TVector b2 = TLanes.Load(ref right, 2 * TLanes.Count);
            Accumulate(Unsafe.Add(ref left0, step), b0, b1, b2, ref c00, ref c01, ref c02);
            Accumulate(Unsafe.Add(ref left1, step), b0, b1, b2, ref c10, ref c11, ref c12);
            Accumulate(Unsafe.Add(ref left2, step), b0, b1, b2, ref c20, ref c21, ref c22);
            Accumulate(Unsafe.Add(ref left3, step), b0, b1, b2, ref c30, ref c31, ref c32);
            Accumulate(Unsafe.Add(ref left4, step), b0, b1, b2, ref c40, ref c41, ref c42);
            Accumulate(Unsafe.Add(ref left5, step), b0, b1, b2, ref c50, ref c51, ref c52);
            Accumulate(Unsafe.Add(ref left6, step), b0, b1, b2, ref c60, ref c61, ref c62);
            Accumulate(Unsafe.Add(ref left7, step), b0, b1, b2, ref c70, ref c71, ref c72);
            right = ref Unsafe.Add(ref right, MicroKernel.VectorsInRow * TLanes.Count);
        }

        Finish(ref target, c00, c01, c02, sign, add);
        if (rows > 1)
        {
            Finish(ref Unsafe.Add(ref target, 1 * targetStride), c10, c11, c12, sign, add);
        }

        if (rows > 2)
        {
            Finish(ref Unsafe.Add(ref target, 2 * targetStride), c20, c21, c22, sign, add);
        }

        if (rows > 3)
        {
            Finish(ref Unsafe.Add(ref target, 3 * targetStride), c30, c31, c32, sign, add);
        }

        if (rows > 4)
        {
            Finish(ref Unsafe.Add(ref target, 4 * targetStride), c40, c41, c42, sign, add);
        }

        if (rows > 5)
        {
            Finish(ref Unsafe.Add(ref target, 5 * targetStride), c50, c51, c52, sign, add);
        }

        if (rows > 6)
        {
            Finish(ref Unsafe.Add(ref target, 6 * targetStride), c60, c61, c62, sign, add);
        }

        if (rows > 7)
        {
            Finish(ref Unsafe.Add(ref target, 7 * targetStride), c70, c71, c72, sign, add);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Accumulate(
        T left, TVector b0, TVector b1, TVector b2, ref TVector sum0, ref TVector sum1, ref TVector sum2)
    {
        TVector factor = TLanes.Broadcast(left);
        sum0 = TLanes.MultiplyAdd(factor, b0, sum0);
        sum1 = TLanes.MultiplyAdd(factor, b1, sum1);
        sum2 = TLanes.MultiplyAdd(factor, b2, sum2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish(ref T row, TVector sum0, TVector sum1, TVector sum2, T sign, bool add)
    {
        TVector factor = TLanes.Broadcast(sign);
        Finish(ref row, 0, sum0, factor, add);
        Finish(ref row, TLanes.Count, sum1, factor, add);
        Finish(ref row, 2 * TLanes.Count, sum2, factor, add);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish(ref T row, int offset, TVector sum, TVector sign, bool add) => TLanes.Store(
        TLanes.MultiplyAdd(sign, sum, add ? TLanes.Load(ref row, offset) : default), ref row, offset);
}
