using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DklActors.Physics.Fourier;

namespace DklActors.Physics.Patterns.Masks;

/// <summary>What a mask lets through of a pattern.</summary>
/// <param name="Sum">Σ w·I.</param>
/// <param name="Variance">Its Poisson variance Σ w²·|I|.</param>
/// <param name="Least">Least count of a pixel in the mask.</param>
/// <param name="Greatest">Greatest count of a pixel in the mask.</param>
internal readonly record struct MaskedSum(double Sum, double Variance, float Least, float Greatest)
{
    /// <summary>Adds in float64: 256×256 pixels of float32 would lose the last digits of a count.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static MaskedSum Of(ReadOnlySpan<float> counts, PatternMask mask)
    {
        Vector256<double> sum = default, variance = default;
        Vector256<float> least = Vector256.Create(float.PositiveInfinity), greatest = -least;
        double tailSum = 0, tailVariance = 0;
        float tailLeast = float.PositiveInfinity, tailGreatest = float.NegativeInfinity;
        int columns = mask.Shape.Columns;
        for (int row = 0; row < mask.Shape.Rows; row++)
        {
            (int first, int end) = mask.RangeOf(row);
            int start = (row * columns) + first, length = end - first, i = 0;
            ref float line = ref Lanes.Start(counts[start..(start + length)]);
            ref float weights = ref Lanes.Start(mask.Weights[start..(start + length)]);
            for (; i <= length - Lanes.Width; i += Lanes.Width)
            {
                Vector256<float> weight = Lanes.Load(ref weights, i), count = Lanes.Load(ref line, i);
                Vector256<float> excluded = Vector256.Equals(weight, Vector256<float>.Zero);
                // What is no number may be lost here, and is found in the sum.
                least = Vector256.MinNative(least, Vector256.ConditionalSelect(excluded, least, count));
                greatest = Vector256.MaxNative(greatest, Vector256.ConditionalSelect(excluded, greatest, count));
                count = Vector256.AndNot(count, excluded);
                (Vector256<double> low, Vector256<double> high) = Vector256.Widen(count);
                (Vector256<double> lowWeight, Vector256<double> highWeight) = Vector256.Widen(weight);
                low *= lowWeight;
                high *= highWeight;
                sum += low + high;
                variance += Vector256.Abs(low * lowWeight) + Vector256.Abs(high * highWeight);
            }

            for (; i < length; i++)
            {
                float weight = mask.Weights[start + i], count = counts[start + i];
                if (weight != 0)
                {
                    double product = (double)count * weight;
                    tailSum += product;
                    tailVariance += Math.Abs(product * weight);
                    tailLeast = MathF.Min(tailLeast, count);
                    tailGreatest = MathF.Max(tailGreatest, count);
                }
            }
        }

        for (int i = 0; i < Vector256<float>.Count; i++)
        {
            tailLeast = MathF.Min(tailLeast, least[i]);
            tailGreatest = MathF.Max(tailGreatest, greatest[i]);
        }

        return new MaskedSum(
            Vector256.Sum(sum) + tailSum, Vector256.Sum(variance) + tailVariance, tailLeast, tailGreatest);
    }
}
