namespace DklActors.Learning.Scoring;

/// <summary>How well a predicted map agrees with the known one, both scaled so that the truth spans 0 to 1.</summary>
/// <param name="Rmse">Root mean square error; 0 is perfect, 1 is the truth's range.</param>
/// <param name="RSquared">Coefficient of determination; 1 is perfect, 0 is the truth's mean.</param>
/// <param name="Nlpd">
/// Mean negative log predictive density of the truth under the predictions; less is better.
/// </param>
/// <param name="Coverage68">Share of the truth inside the central 68.27 % interval; 0.68 is honest.</param>
/// <param name="Coverage95">Share of the truth inside the central 95.45 % interval; 0.95 is honest.</param>
/// <param name="Spearman">Rank correlation of mean and truth; NaN if one of them is constant.</param>
public sealed record MapScore(
    double Rmse, double RSquared, double Nlpd, double Coverage68, double Coverage95, double Spearman)
{
    private const double LeastDeviation = 1e-6;

    /// <summary>As below, for deviations that are normal as they stand.</summary>
    public static MapScore Compute(
        ReadOnlySpan<double> mean, ReadOnlySpan<double> predictiveVariance, ReadOnlySpan<double> truth) =>
        Compute(mean, predictiveVariance, truth, PredictiveShape.Normal);

    /// <param name="mean">Predicted means of M candidates, scalarizer's unit.</param>
    /// <param name="predictiveVariance">Latent plus noise variance of the M candidates, unit².</param>
    /// <param name="truth">The M true values.</param>
    /// <param name="shape">What the deviations mean.</param>
    /// <exception cref="ArgumentException">The lengths differ or are 0, or the truth is constant.</exception>
    public static MapScore Compute(
        ReadOnlySpan<double> mean, ReadOnlySpan<double> predictiveVariance, ReadOnlySpan<double> truth,
        PredictiveShape shape)
    {
        if (mean.Length != truth.Length || predictiveVariance.Length != truth.Length || truth.IsEmpty)
        {
            throw new ArgumentException(
                $"{mean.Length} means and {predictiveVariance.Length} variances do not match " +
                $"{truth.Length} true values.",
                nameof(truth));
        }

        (double range, double variance) = Spread(truth);
        double squares = 0.0, logDensity = 0.0;
        double half68 = shape.HalfWidth68, half95 = shape.HalfWidth95;
        int inside68 = 0, inside95 = 0;
        for (int i = 0; i < truth.Length; i++)
        {
            double error = (mean[i] - truth[i]) / range;
            double deviation = Math.Max(Math.Sqrt(predictiveVariance[i]) / range, LeastDeviation);
            double standardised = error / deviation;
            squares += error * error;
            logDensity += Math.Log(deviation) - shape.LogDensity(standardised);
            inside68 += Math.Abs(standardised) <= half68 ? 1 : 0;
            inside95 += Math.Abs(standardised) <= half95 ? 1 : 0;
        }

        double count = truth.Length;
        return new MapScore(
            Math.Sqrt(squares / count), 1.0 - (squares / count / (variance / (range * range))), logDensity / count,
            inside68 / count, inside95 / count, RankCorrelation.Spearman(mean, truth));
    }

    private static (double Range, double Variance) Spread(ReadOnlySpan<double> truth)
    {
        double lowest = double.PositiveInfinity, highest = double.NegativeInfinity, sum = 0.0, squares = 0.0;
        foreach (double value in truth)
        {
            lowest = Math.Min(lowest, value);
            highest = Math.Max(highest, value);
            sum += value;
        }

        foreach (double value in truth)
        {
            squares += (value - (sum / truth.Length)) * (value - (sum / truth.Length));
        }

        return highest > lowest
            ? (highest - lowest, squares / truth.Length)
            : throw new ArgumentException(
                $"The true map is {lowest} everywhere, so an error has no scale.", nameof(truth));
    }
}
