using MathNet.Numerics;

namespace DklActors.Learning.Acquisition;

/// <summary>The standard normal distribution, accurate far into the lower tail.</summary>
/// <remarks>
/// The tail uses Mills' ratio R(a) = (1 − Φ(a))/φ(a) as the continued fraction 1/(a + 1/(a + 2/(a + …)))
/// (Abramowitz and Stegun 26.2.14).
/// </remarks>
internal static class NormalDistribution
{
    private const double InverseRootTwoPi = 0.39894228040143267794;
    private const double LogRootTwoPi = 0.91893853320467274178;
    private const double InverseRootTwo = 0.70710678118654752440;
    private const double TailFrom = -4.0;
    private const double NarrowInterval = 1e-5;

    // What is left out falls as exp(−a·√(8·depth)): below 1e-23 where the tail begins.
    private const int ContinuedFractionDepth = 24;

    public static double Density(double x) => InverseRootTwoPi * Math.Exp(-0.5 * x * x);

    public static double LogDensity(double x) => (-0.5 * x * x) - LogRootTwoPi;

    public static double Cumulative(double x) => 0.5 * SpecialFunctions.Erfc(-x * InverseRootTwo);

    /// <summary>Φ⁻¹ of a probability between 0 and 1.</summary>
    public static double Quantile(double probability) =>
        -SpecialFunctions.ErfcInv(2.0 * probability) / InverseRootTwo;

    /// <summary>ln Φ(x), finite wherever x² is.</summary>
    public static double LogCumulative(double x) => x > TailFrom
        ? Math.Log(Cumulative(x))
        : LogDensity(x) - Math.Log(-x + MillsRemainder(-x));

    /// <summary>φ(x) + x·Φ(x), the expected positive part of a normal of mean x and unit deviation.</summary>
    /// <remarks>
    /// In the lower tail the two terms cancel; there φ(x)·(1 − a·R(a)) is used, with a = −x.
    /// </remarks>
    public static double ExpectedPositivePart(double x)
    {
        if (x > TailFrom)
        {
            return Density(x) + (x * Cumulative(x));
        }

        double t = MillsRemainder(-x);
        return Density(x) * t / (t - x);
    }

    /// <summary>ln(φ(x) + x·Φ(x)), finite wherever x² is.</summary>
    /// <remarks>
    /// The quantity that makes LogEI stable (Ament, Daulton, Eriksson, Balandat and Bakshy, NeurIPS 2023,
    /// arXiv:2310.20708, section 4.1), with the continued fraction in place of their two expansions.
    /// </remarks>
    public static double LogExpectedPositivePart(double x)
    {
        if (x > TailFrom)
        {
            return Math.Log(Density(x) + (x * Cumulative(x)));
        }

        double t = MillsRemainder(-x);
        return LogDensity(x) + Math.Log(t) - Math.Log(t - x);
    }

    /// <summary>ln(Φ(high) − Φ(low)) for low &lt; high, in either tail.</summary>
    public static double LogInterval(double low, double high)
    {
        if (low + high > 0.0)
        {
            (low, high) = (-high, -low);
        }

        if (high - low < NarrowInterval / (1.0 + Math.Abs(low)))
        {
            return LogDensity(0.5 * (low + high)) + Math.Log(high - low);
        }

        double whole = LogCumulative(high);
        return whole + Math.Log(-Math.Exp(LogCumulative(low) - whole) + 1.0);
    }

    // t = 1/R(a) − a.
    private static double MillsRemainder(double a)
    {
        double t = 0.0;
        for (int k = ContinuedFractionDepth; k >= 1; k--)
        {
            t = k / (a + t);
        }

        return t;
    }
}
