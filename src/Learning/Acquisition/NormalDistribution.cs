using MathNet.Numerics;

namespace DklActors.Learning.Acquisition;

/// <summary>The standard normal distribution, accurate far into the lower tail.</summary>
internal static class NormalDistribution
{
    private const double InverseRootTwoPi = 0.39894228040143267794;
    private const double InverseRootTwo = 0.70710678118654752440;
    private const double TailFrom = -4.0;
    private const int ContinuedFractionDepth = 60;

    public static double Density(double x) => InverseRootTwoPi * Math.Exp(-0.5 * x * x);

    public static double Cumulative(double x) => 0.5 * SpecialFunctions.Erfc(-x * InverseRootTwo);

    /// <summary>φ(x) + x·Φ(x), the expected positive part of a normal of mean x and unit deviation.</summary>
    /// <remarks>
    /// In the lower tail the two terms cancel; there φ(x)·t/(a + t) is used, with a = −x and t = 1 − a·R(a) over the
    /// Mills ratio's continued fraction R(a) = 1/(a + 1/(a + 2/(a + …))) (Abramowitz and Stegun 26.2.14).
    /// </remarks>
    public static double ExpectedPositivePart(double x)
    {
        if (x > TailFrom)
        {
            return Density(x) + (x * Cumulative(x));
        }

        double a = -x;
        double t = 0.0;
        for (int k = ContinuedFractionDepth; k >= 1; k--)
        {
            t = k / (a + t);
        }

        return Density(x) * t / (a + t);
    }
}
