using System.Numerics;
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

    /// <summary>target −= Σ factors[k] · rows[k][start …], with the target kept in registers over four rows.</summary>
    public static void SubtractCombination(
        ReadOnlySpan<double> factors, ReadOnlySpan<double[]> rows, int start, Span<double> target)
    {
        int length = target.Length;
        int k = 0;
        for (; k <= factors.Length - 4; k += 4)
        {
            SubtractFour(
                factors.Slice(k, 4), rows[k].AsSpan(start, length), rows[k + 1].AsSpan(start, length),
                rows[k + 2].AsSpan(start, length), rows[k + 3].AsSpan(start, length), target);
        }

        for (; k < factors.Length; k++)
        {
            AddScaled(-factors[k], rows[k].AsSpan(start, length), target);
        }
    }

    private static void SubtractFour(
        ReadOnlySpan<double> factors, ReadOnlySpan<double> row0, ReadOnlySpan<double> row1,
        ReadOnlySpan<double> row2, ReadOnlySpan<double> row3, Span<double> target)
    {
        Span<Vector<double>> targets = MemoryMarshal.Cast<double, Vector<double>>(target);
        ReadOnlySpan<Vector<double>> v0 = MemoryMarshal.Cast<double, Vector<double>>(row0)[..targets.Length];
        ReadOnlySpan<Vector<double>> v1 = MemoryMarshal.Cast<double, Vector<double>>(row1)[..targets.Length];
        ReadOnlySpan<Vector<double>> v2 = MemoryMarshal.Cast<double, Vector<double>>(row2)[..targets.Length];
        ReadOnlySpan<Vector<double>> v3 = MemoryMarshal.Cast<double, Vector<double>>(row3)[..targets.Length];
        Vector<double> f0 = new(-factors[0]), f1 = new(-factors[1]), f2 = new(-factors[2]), f3 = new(-factors[3]);
        for (int i = 0; i < targets.Length; i++)
        {
            Vector<double> sum = Vector.FusedMultiplyAdd(f0, v0[i], targets[i]);
            sum = Vector.FusedMultiplyAdd(f1, v1[i], sum);
            sum = Vector.FusedMultiplyAdd(f2, v2[i], sum);
            targets[i] = Vector.FusedMultiplyAdd(f3, v3[i], sum);
        }

        for (int i = targets.Length * Vector<double>.Count; i < target.Length; i++)
        {
            double sum = Math.FusedMultiplyAdd(-factors[0], row0[i], target[i]);
            sum = Math.FusedMultiplyAdd(-factors[1], row1[i], sum);
            sum = Math.FusedMultiplyAdd(-factors[2], row2[i], sum);
            target[i] = Math.FusedMultiplyAdd(-factors[3], row3[i], sum);
        }
    }
}
