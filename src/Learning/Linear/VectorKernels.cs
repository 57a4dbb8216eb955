using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DklActors.Learning.Linear;

/// <summary>Inner loops in float64. Sums run in a fixed order, so the bits depend on the vector width alone.</summary>
internal static class VectorKernels
{
    public static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        right = right[..left.Length];
        int width = Vector<double>.Count;
        Vector<double> first = Vector<double>.Zero, second = Vector<double>.Zero;
        int i = 0;
        for (; i <= left.Length - (2 * width); i += 2 * width)
        {
            first = Vector.FusedMultiplyAdd(new Vector<double>(left[i..]), new Vector<double>(right[i..]), first);
            second = Vector.FusedMultiplyAdd(
                new Vector<double>(left[(i + width)..]), new Vector<double>(right[(i + width)..]), second);
        }

        double sum = Vector.Sum(first + second);
        for (; i < left.Length; i++)
        {
            sum = Math.FusedMultiplyAdd(left[i], right[i], sum);
        }

        return sum;
    }

    /// <summary>target += factor · source.</summary>
    public static void AddScaled(double factor, ReadOnlySpan<double> source, Span<double> target)
    {
        source = source[..target.Length];
        Span<Vector<double>> targets = MemoryMarshal.Cast<double, Vector<double>>(target);
        ReadOnlySpan<Vector<double>> sources = MemoryMarshal.Cast<double, Vector<double>>(source)[..targets.Length];
        var factors = new Vector<double>(factor);
        for (int i = 0; i < targets.Length; i++)
        {
            targets[i] = Vector.FusedMultiplyAdd(factors, sources[i], targets[i]);
        }

        for (int i = targets.Length * Vector<double>.Count; i < target.Length; i++)
        {
            target[i] = Math.FusedMultiplyAdd(factor, source[i], target[i]);
        }
    }

    /// <summary>target *= factor.</summary>
    public static void Scale(double factor, Span<double> target)
    {
        Span<Vector<double>> targets = MemoryMarshal.Cast<double, Vector<double>>(target);
        foreach (ref Vector<double> value in targets)
        {
            value *= factor;
        }

        foreach (ref double value in target[(targets.Length * Vector<double>.Count)..])
        {
            value *= factor;
        }
    }

    /// <summary>target = min(target, bound).</summary>
    public static void Limit(double bound, Span<double> target)
    {
        Span<Vector<double>> targets = MemoryMarshal.Cast<double, Vector<double>>(target);
        var bounds = new Vector<double>(bound);
        foreach (ref Vector<double> value in targets)
        {
            value = Vector.Min(value, bounds);
        }

        foreach (ref double value in target[(targets.Length * Vector<double>.Count)..])
        {
            value = Math.Min(value, bound);
        }
    }

    /// <summary>
    /// target −= Σ factors[k] · row k over four rows of float64 or float32, with the target kept in registers.
    /// </summary>
    /// <remarks>The length is a multiple of two vectors.</remarks>
    public static void SubtractFour<T>(
        ReadOnlySpan<double> factors, ReadOnlySpan<T> row0, ReadOnlySpan<T> row1, ReadOnlySpan<T> row2,
        ReadOnlySpan<T> row3, Span<double> target)
        where T : unmanaged
    {
        int width = Vector<double>.Count;
        if (target.Length % (2 * width) != 0)
        {
            throw new ArgumentException($"{target.Length} values are not a multiple of {2 * width}.", nameof(target));
        }

        ref T r0 = ref MemoryMarshal.GetReference(row0[..target.Length]);
        ref T r1 = ref MemoryMarshal.GetReference(row1[..target.Length]);
        ref T r2 = ref MemoryMarshal.GetReference(row2[..target.Length]);
        ref T r3 = ref MemoryMarshal.GetReference(row3[..target.Length]);
        ref double t = ref MemoryMarshal.GetReference(target);
        Vector<double> f0 = new(-factors[0]), f1 = new(-factors[1]), f2 = new(-factors[2]), f3 = new(-factors[3]);
        for (nuint i = 0; i < (nuint)target.Length; i += (nuint)(2 * width))
        {
            var first = Vector.LoadUnsafe(ref t, i);
            var second = Vector.LoadUnsafe(ref t, i + (nuint)width);
            Accumulate(f0, ref r0, i, ref first, ref second);
            Accumulate(f1, ref r1, i, ref first, ref second);
            Accumulate(f2, ref r2, i, ref first, ref second);
            Accumulate(f3, ref r3, i, ref first, ref second);
            first.StoreUnsafe(ref t, i);
            second.StoreUnsafe(ref t, i + (nuint)width);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Accumulate<T>(
        Vector<double> factor, ref T row, nuint index, ref Vector<double> first, ref Vector<double> second)
        where T : unmanaged
    {
        Vector<double> low, high;
        if (typeof(T) == typeof(float))
        {
            Vector.Widen(Vector.LoadUnsafe(ref Unsafe.As<T, float>(ref row), index), out low, out high);
        }
        else
        {
            ref double values = ref Unsafe.As<T, double>(ref row);
            low = Vector.LoadUnsafe(ref values, index);
            high = Vector.LoadUnsafe(ref values, index + (nuint)Vector<double>.Count);
        }

        first = Vector.FusedMultiplyAdd(factor, low, first);
        second = Vector.FusedMultiplyAdd(factor, high, second);
    }
}
