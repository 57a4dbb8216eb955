namespace DklActors.Learning.Acquisition;

/// <summary>
/// What it takes to be better than the best so far, and the closed forms of how much and how likely a normally
/// distributed value is better. All in the scalarizer's unit.
/// </summary>
/// <remarks>
/// To maximise, a value f improves by (f − best − ξ)⁺; to minimise, by (best − f − ξ)⁺. With a target range [l, h] it
/// improves by (D − d(f))⁺, where d is the distance to the range and D that of the best, less ξ: a trapezoid over
/// f, the sum of four positive parts (f − l + D)⁺ − (f − l)⁺ − (f − h)⁺ + (f − h − D)⁺, each with the expectation
/// of Jones et al. Once the target is hit D is 0 and nothing can improve; D is therefore never taken below
/// a millionth of the scalars' deviation, which leaves the order of candidates at its limit, that of the probability
/// of lying within the target.
/// </remarks>
internal readonly struct Improvement
{
    private const double LeastReach = 1e-6;

    // Below this share left by cancellation, the trapezoid is as good as a box of its width and area.
    private const double LostToCancellation = 1e-8;

    private readonly Goal _goal;
    private readonly double _threshold;
    private readonly double _reach;

    /// <param name="goal">What is searched for.</param>
    /// <param name="bestMerit">Merit of the best so far.</param>
    /// <param name="xi">Margin, in units of <paramref name="scale"/>.</param>
    /// <param name="scale">Standard deviation of the scalars.</param>
    public Improvement(Goal goal, double bestMerit, double xi, double scale)
    {
        _goal = goal;
        _threshold = bestMerit + (xi * scale);
        _reach = Math.Max(-_threshold, LeastReach * scale);
    }

    private bool HasTarget => _goal.Kind == GoalKind.Hit;

    /// <summary>Expected improvement.</summary>
    public double Expected(double mean, double deviation)
    {
        double gain = GainOf(mean);
        if (IsCertain(gain, deviation))
        {
            return Math.Max(gain, 0.0);
        }

        return HasTarget
            ? Math.Exp(LogExpectedNearTarget(mean, deviation))
            : deviation * NormalDistribution.ExpectedPositivePart(gain / deviation);
    }

    /// <summary>Natural logarithm of the expected improvement; −∞ where there is none.</summary>
    public double LogExpected(double mean, double deviation)
    {
        double gain = GainOf(mean);
        if (IsCertain(gain, deviation))
        {
            return Math.Log(Math.Max(gain, 0.0));
        }

        return HasTarget
            ? LogExpectedNearTarget(mean, deviation)
            : Math.Log(deviation) + NormalDistribution.LogExpectedPositivePart(gain / deviation);
    }

    /// <summary>Probability of any improvement.</summary>
    public double Probability(double mean, double deviation)
    {
        double gain = GainOf(mean);
        if (IsCertain(gain, deviation))
        {
            return gain > 0.0 ? 1.0 : 0.0;
        }

        return HasTarget
            ? Math.Exp(NormalDistribution.LogInterval(
                (_goal.Low - _reach - mean) / deviation, (_goal.High + _reach - mean) / deviation))
            : NormalDistribution.Cumulative(gain / deviation);
    }

    private double GainOf(double value) => HasTarget ? _reach + _goal.Merit(value) : _goal.Merit(value) - _threshold;

    // The quotient would be 0/0, or overflow.
    private static bool IsCertain(double gain, double deviation) =>
        !(deviation > 0.0) || !double.IsFinite(gain / deviation);

    private double LogExpectedNearTarget(double mean, double deviation)
    {
        // Seen from the nearer side all four parts are in the same, lower tail, and the first is the greatest.
        bool above = mean > 0.5 * (_goal.Low + _goal.High);
        double low = (above ? mean - _goal.High : _goal.Low - mean) / deviation;
        double high = (above ? mean - _goal.Low : _goal.High - mean) / deviation;
        double reach = _reach / deviation;
        double first = NormalDistribution.LogExpectedPositivePart(reach - low);
        double rest = 1.0 - Relative(-low) - Relative(-high) + Relative(-high - reach);
        return Math.Log(deviation) + (rest > LostToCancellation
            ? first + Math.Log(rest)
            : Math.Log(reach) + NormalDistribution.LogInterval(low - (0.5 * reach), high + (0.5 * reach)));

        double Relative(double x) => Math.Exp(NormalDistribution.LogExpectedPositivePart(x) - first);
    }
}
