namespace DklActors.Host.Comparing;

/// <summary>By how much one strategy exceeds another, seed by seed.</summary>
/// <param name="Median">Of the differences.</param>
/// <param name="Low">Lower end of the interval that holds the true median.</param>
/// <param name="High">Upper end.</param>
/// <param name="Count">Seeds that both have.</param>
/// <remarks>
/// The interval lies between two order statistics of the differences and holds the median with a confidence of at
/// least 95 %, whatever their distribution: the inversion of the sign test (Conover, "Practical Nonparametric
/// Statistics", 3.2). It needs <see cref="LeastForConfidence"/> seeds; with fewer it is the whole range.
/// </remarks>
internal sealed record PairedDifference(double Median, double Low, double High, int Count)
{
    /// <summary>With fewer, all differences have one sign by chance more often than once in twenty.</summary>
    public const int LeastForConfidence = 6;

    private const double Significance = 0.05;

    /// <summary>Whether seeds agree that there is a difference; one seed agrees with nobody.</summary>
    public bool IsBeyondSpread => Count > 1 && (Low > 0.0 || High < 0.0);

    /// <param name="differences">One a seed; those that are not finite do not count.</param>
    public static PairedDifference Of(IEnumerable<double> differences)
    {
        double[] sorted = [.. differences.Where(double.IsFinite).Order()];
        if (sorted.Length == 0)
        {
            return new PairedDifference(double.NaN, double.NaN, double.NaN, 0);
        }

        int outside = OutsideOf(sorted.Length);
        return new PairedDifference(
            Measure.Quantile(sorted, 0.5), sorted[outside], sorted[^(outside + 1)], sorted.Length);
    }

    /// <summary>How many order statistics lie outside on either side.</summary>
    private static int OutsideOf(int count)
    {
        // Of Binomial(count, 1/2), in logarithms: thousands of seeds would underflow.
        double logProbability = -count * Math.Log(2.0);
        double tail = Math.Exp(logProbability);
        for (int outside = 0; outside < count; outside++)
        {
            logProbability += Math.Log((count - outside) / (outside + 1.0));
            tail += Math.Exp(logProbability);
            if (2.0 * tail > Significance)
            {
                return outside;
            }
        }

        return 0;
    }
}
