using DklActors.Learning.Acquisition;

namespace DklActors.Learning.Vectors;

/// <summary>
/// How much of one measured value lies inside the central interval of its prediction; averaged over many values, the
/// interval's coverage.
/// </summary>
/// <remarks>
/// Counts are Poisson about a mean that is itself unsure; as a gamma distribution of the predicted mean and variance
/// that makes them negative binomial. Few counts are no normal distribution, and no interval of whole counts holds
/// exactly 68 % of them: a count is spread evenly over its step of the distribution function (the non-randomised
/// probability integral transform of Czado, Gneiting and Held 2009, Biometrics 65, 1254).
/// </remarks>
internal static class CountDistribution
{
    // Above, the distribution is as good as normal.
    private const double ManyCounts = 500.0;

    /// <param name="count">The measured count.</param>
    /// <param name="mean">Predicted mean.</param>
    /// <param name="variance">Variance of the predicted mean, without counting noise.</param>
    /// <param name="level">Probability of the central interval.</param>
    /// <returns>0 (outside) … 1 (inside).</returns>
    public static double ShareInside(double count, double mean, double variance, double level)
    {
        double low = 0.5 * (1.0 - level);
        (double below, double upTo) = mean + count > ManyCounts
            ? NormalStep(count, mean, variance + mean)
            : NegativeBinomialStep(count, mean, variance);
        double inside = Math.Min(upTo, 1.0 - low) - Math.Max(below, low);
        return upTo - below > 1e-300
            ? Math.Clamp(inside / (upTo - below), 0.0, 1.0)
            : below > low && below < 1.0 - low ? 1.0 : 0.0;
    }

    private static (double Below, double UpTo) NormalStep(double count, double mean, double variance)
    {
        double deviation = Math.Sqrt(variance);
        double below = count > 0.0 ? NormalDistribution.Cumulative((count - 0.5 - mean) / deviation) : 0.0;
        return (below, NormalDistribution.Cumulative((count + 0.5 - mean) / deviation));
    }

    // P(k + 1) = P(k)·(k + r)/(k + 1)·mean/(r + mean) with r = mean²/variance.
    private static (double Below, double UpTo) NegativeBinomialStep(double count, double mean, double variance)
    {
        double safe = Math.Max(mean, 1e-12);
        double shape = safe * safe / Math.Max(variance, 1e-12 * safe * safe);
        double probability = Math.Exp(-shape * Math.Log(1.0 + (safe / shape)));
        double ratio = safe / (shape + safe), below = 0.0, upTo = probability;
        for (int k = 0; k < count; k++)
        {
            probability *= (k + shape) / (k + 1.0) * ratio;
            below = upTo;
            upTo += probability;
        }

        return (below, upTo);
    }
}
