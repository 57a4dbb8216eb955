using System.Runtime.CompilerServices;

namespace DklActors.Physics.Spectra.Fitting;

/// <summary>Two Lorentzians (height, centre, width each) on one line b₀ + b₁(E − c₁).</summary>
internal readonly struct TwoLorentzians : ICurveModel
{
    public static int Count => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Evaluate(double energy, ReadOnlySpan<double> parameters, Span<double> derivatives)
    {
        double slope = parameters[7];
        double away = energy - parameters[1];
        double sum = Peak(energy, parameters[..3], derivatives[..3])
            + Peak(energy, parameters.Slice(3, 3), derivatives.Slice(3, 3));
        derivatives[1] -= slope;
        derivatives[6] = 1;
        derivatives[7] = away;
        return sum + parameters[6] + (slope * away);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Peak(double energy, ReadOnlySpan<double> parameters, Span<double> derivatives)
    {
        double scaled = 2 * (energy - parameters[1]) / parameters[2];
        double shape = 1 / (1 + (scaled * scaled));
        double steep = 2 * parameters[0] * shape * shape * scaled / parameters[2];
        derivatives[0] = shape;
        derivatives[1] = 2 * steep;
        derivatives[2] = steep * scaled;
        return parameters[0] * shape;
    }
}
