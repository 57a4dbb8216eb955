using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace DklActors.Learning.Scoring;

/// <summary>
/// What a predicted deviation σ means: the value lies at mean + σ·scale·t, where t has Student's distribution. Errors
/// of a map have heavier tails than a normal distribution of the same variance, for some places are harder than others.
/// </summary>
/// <param name="DegreesOfFreedom">ν; infinity for a normal distribution.</param>
/// <param name="Scale">Factor on the predicted deviation.</param>
public readonly record struct PredictiveShape(double DegreesOfFreedom, double Scale)
{
    private const double Inside68 = 0.682689492137086;
    private const double Inside95 = 0.954499736103642;

    /// <summary>Deviations as the model states them, and normal.</summary>
    public static PredictiveShape Normal { get; } = new(double.PositiveInfinity, 1.0);

    /// <summary>Half the central 68.27 % interval, in predicted deviations.</summary>
    public double HalfWidth68 => HalfWidth(Inside68);

    /// <summary>Half the central 95.45 % interval, in predicted deviations.</summary>
    public double HalfWidth95 => HalfWidth(Inside95);

    /// <summary>Log density of an error, both in predicted deviations.</summary>
    public double LogDensity(double standardised) => LogPeak() - LogFall(standardised);

    /// <summary>Sum of the log densities of many errors.</summary>
    internal double LogDensity(ReadOnlySpan<double> standardised)
    {
        double fall = 0.0;
        foreach (double error in standardised)
        {
            fall += LogFall(error);
        }

        return (standardised.Length * LogPeak()) - fall;
    }

    // Log density where it is highest.
    private double LogPeak()
    {
        double v = DegreesOfFreedom;
        return (double.IsInfinity(v)
            ? -0.5 * Math.Log(2.0 * Math.PI)
            : SpecialFunctions.GammaLn(0.5 * (v + 1.0)) - SpecialFunctions.GammaLn(0.5 * v)
                - (0.5 * Math.Log(v * Math.PI))) - Math.Log(Scale);
    }

    private double LogFall(double standardised)
    {
        double x = standardised / Scale, v = DegreesOfFreedom;
        return double.IsInfinity(v) ? 0.5 * x * x : 0.5 * (v + 1.0) * Math.Log(1.0 + (x * x / v));
    }

    private double HalfWidth(double inside)
    {
        double probability = 0.5 + (0.5 * inside);
        return Scale * (double.IsInfinity(DegreesOfFreedom)
            ? MathNet.Numerics.Distributions.Normal.InvCDF(0.0, 1.0, probability)
            : StudentT.InvCDF(0.0, 1.0, DegreesOfFreedom, probability));
    }
}
