using DklActors.Learning.Randomness;

namespace DklActors.Learning.Ensembles;

/// <summary>
/// Weights of members by pseudo-BMA+ (Yao, Vehtari, Simpson and Gelman 2018, Bayesian Analysis 13, 917): leave-one-out
/// log densities are drawn again by the Bayesian bootstrap, so that a member that is ahead by chance does not take all.
/// </summary>
internal static class MemberWeights
{
    private const int Draws = 500;

    // Points that an acquisition function chose do not stand for the map, so their scores count for less than points
    // drawn at random would (a tempered likelihood): members that are nearly as good go on together.
    public const double LearningRate = 0.3;

    /// <param name="logDensities">For each of K members its N leave-one-out log densities, nats.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <returns>K weights that sum to 1.</returns>
    public static double[] PseudoBma(IReadOnlyList<double[]> logDensities, ulong seed)
    {
        int members = logDensities.Count, count = logDensities[0].Length;
        SeededRandom random = SeededRandom.Derive(seed, RandomPurpose.MemberWeights);
        double[] weights = new double[members], scores = new double[members], shares = new double[count];
        for (int draw = 0; draw < Draws; draw++)
        {
            DrawShares(random, shares);
            for (int k = 0; k < members; k++)
            {
                scores[k] = LearningRate * count * Linear.VectorKernels.Dot(shares, logDensities[k]);
            }

            double highest = scores.Max(), sum = scores.Sum(score => Math.Exp(score - highest));
            for (int k = 0; k < members; k++)
            {
                weights[k] += Math.Exp(scores[k] - highest) / sum / Draws;
            }
        }

        return weights;
    }

    // Uniform over the simplex: exponentials over their sum.
    private static void DrawShares(SeededRandom random, double[] shares)
    {
        double sum = 0.0;
        for (int i = 0; i < shares.Length; i++)
        {
            shares[i] = -Math.Log(1.0 - random.NextDouble());
            sum += shares[i];
        }

        for (int i = 0; i < shares.Length; i++)
        {
            shares[i] /= sum;
        }
    }
}
