using System.Numerics;
using System.Runtime.InteropServices;

namespace DklActors.Learning.Linear;

/// <summary>
/// Values so small that they change no result, but whose products leave the range of normal numbers, on which a
/// processor is a hundred times slower: covariances of points that lie many lengthscales apart.
/// </summary>
internal static class Negligible
{
    /// <summary>Share of the greatest value; even the product of four such is still a normal number.</summary>
    public const double Relative = 1e-75;

    /// <summary>
    /// Squared distance in lengthscales beyond which no covariance matters; its exponential is still a normal number
    /// (2·10⁻³⁰⁴ under the RBF kernel), below which exponentials lose their vectors.
    /// </summary>
    public const double FarSquared = 1400.0;

    /// <summary>
    /// Slope that moves no weight: beside Adam's ε of 1e-8 its step is 1e-9 of the learning rate, less than a weight's
    /// rounding. Adam's share of its square is still a normal number in float32.
    /// </summary>
    public const double Slope = 1e-17;

    /// <summary>Sets to 0 what is smaller in magnitude than <paramref name="least"/>; NaN stays.</summary>
    public static void Clear(Span<double> values, double least)
    {
        Span<Vector<double>> vectors = MemoryMarshal.Cast<double, Vector<double>>(values);
        var bound = new Vector<double>(least);
        foreach (ref Vector<double> value in vectors)
        {
            value = Vector.ConditionalSelect(Vector.LessThan(Vector.Abs(value), bound), Vector<double>.Zero, value);
        }

        foreach (ref double value in values[(vectors.Length * Vector<double>.Count)..])
        {
            value = Clear(value, least);
        }
    }

    /// <summary>The value, or 0 where it is smaller in magnitude than <paramref name="least"/>.</summary>
    public static double Clear(double value, double least) => Math.Abs(value) < least ? 0.0 : value;
}
