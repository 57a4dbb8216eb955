using System.Runtime.Intrinsics;

namespace DklActors.Physics.Patterns.Masks;

/// <summary>What a mask lets through of a pattern.</summary>
/// <param name="Sum">Σ w·I.</param>
/// <param name="Variance">Its Poisson variance Σ w²·|I|.</param>
/// <param name="Least">Least count of a pixel in the mask.</param>
/// <param name="Greatest">Greatest count of a pixel in the mask.</param>
internal readonly record struct MaskedSum(double Sum, double Variance, float Least, float Greatest)
{
    /// <summary>Adds in float64: 256×256 pixels of float32 would lose the last digits of a count.</summary>
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
            ReadOnlySpan<float> line = counts.Slice((row * columns) + first, end - first);
            ReadOnlySpan<float> weights = mask.Weights.Slice((row * columns) + first, end - first);
            while (line.Length >= Vector256<float>.Count)
            {
                Vector256<float> weight = Vector256.Create(weights), count = Vector256.Create(line);
                Vector256<float> excluded = Vector256.Equals(weight, Vector256<float>.Zero);
                least = Vector256.Min(least, Vector256.ConditionalSelect(excluded, least, count));
                greatest = Vector256.Max(greatest, Vector256.ConditionalSelect(excluded, greatest, count));
                count = Vector256.AndNot(count, excluded);
                (Vector256<double> low, Vector256<double> high) = Vector256.Widen(count);
                (Vector256<double> lowWeight, Vector256<double> highWeight) = Vector256.Widen(weight);
                low *= lowWeight;
                high *= highWeight;
                sum += low + high;
                variance += Vector256.Abs(low) * Vector256.Abs(lowWeight);
                variance += Vector256.Abs(high) * Vector256.Abs(highWeight);
                line = line[Vector256<float>.Count..];
                weights = weights[Vector256<float>.Count..];
            }

            for (int i = 0; i < line.Length; i++)
            {
                if (weights[i] != 0)
                {
                    double product = (double)line[i] * weights[i];
                    tailSum += product;
                    tailVariance += Math.Abs(product * weights[i]);
                    tailLeast = MathF.Min(tailLeast, line[i]);
                    tailGreatest = MathF.Max(tailGreatest, line[i]);
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
