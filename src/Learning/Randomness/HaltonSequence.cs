using MathNet.Numerics;

namespace DklActors.Learning.Randomness;

/// <summary>Points that fill a unit cube of many dimensions more evenly than random ones, from a seed.</summary>
/// <remarks>
/// The radical inverse in one prime base a dimension, every digit sent through its own random permutation (Owen, "A
/// randomized Halton algorithm in R", 2017, arXiv:1706.02808): each point is uniform, estimates are unbiased, and
/// the striping of the plain sequence between large bases is gone.
/// </remarks>
internal static class HaltonSequence
{
    private const double Precision = 1e-16;

    /// <summary>Points of independent standard normal coordinates.</summary>
    /// <returns><paramref name="count"/> rows of <paramref name="dimensions"/> values.</returns>
    public static double[][] Normal(int count, int dimensions, ulong seed)
    {
        double[][] points = Uniform(count, dimensions, seed);
        foreach (double[] point in points)
        {
            for (int d = 0; d < dimensions; d++)
            {
                point[d] = Math.Sqrt(2.0) * -SpecialFunctions.ErfcInv(2.0 * point[d]);
            }
        }

        return points;
    }

    /// <summary>Points inside the open unit cube.</summary>
    /// <returns><paramref name="count"/> rows of <paramref name="dimensions"/> values.</returns>
    public static double[][] Uniform(int count, int dimensions, ulong seed)
    {
        double[][] points = [.. Enumerable.Range(0, count).Select(_ => new double[dimensions])];
        int prime = 1;
        for (int d = 0; d < dimensions; d++)
        {
            prime = NextPrime(prime);
            // A stream a dimension, so that one more dimension changes none of the others.
            SeededRandom random = SeededRandom.Derive(seed, RandomPurpose.NoisyImprovement, (ulong)d);
            FillDimension(points, d, prime, random);
        }

        return points;
    }

    private static void FillDimension(double[][] points, int dimension, int prime, SeededRandom random)
    {
        long place = 1;
        for (double weight = 1.0 / prime; weight > Precision; weight /= prime)
        {
            int[] permutation = Permutation(prime, random);
            for (int k = 0; k < points.Length; k++)
            {
                points[k][dimension] += permutation[k / place % prime] * weight;
            }

            place *= prime;
        }

        foreach (double[] point in points)
        {
            point[dimension] = Math.Clamp(point[dimension], Precision, 1.0 - Precision);
        }
    }

    private static int[] Permutation(int length, SeededRandom random)
    {
        int[] permutation = [.. Enumerable.Range(0, length)];
        for (int i = length - 1; i > 0; i--)
        {
            int other = random.NextIndex(i + 1);
            (permutation[i], permutation[other]) = (permutation[other], permutation[i]);
        }

        return permutation;
    }

    private static int NextPrime(int after)
    {
        int candidate = after + 1;
        while (Enumerable.Range(2, Math.Max(0, (int)Math.Sqrt(candidate) - 1)).Any(d => candidate % d == 0))
        {
            candidate++;
        }

        return candidate;
    }
}
