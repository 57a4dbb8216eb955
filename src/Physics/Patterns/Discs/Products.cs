using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DklActors.Physics.Patterns.Discs;

/// <summary>Sums of products in a fixed order, so that every machine gets the same bits.</summary>
internal static class Products
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Sum(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        Vector256<float> sum = default;
        right = right[..left.Length];
        while (left.Length >= Vector256<float>.Count)
        {
            sum += Vector256.Create(left) * Vector256.Create(right);
            left = left[Vector256<float>.Count..];
            right = right[Vector256<float>.Count..];
        }

        double total = Vector256.Sum(sum);
        for (int i = 0; i < left.Length; i++)
        {
            total += (double)left[i] * right[i];
        }

        return total;
    }
}
