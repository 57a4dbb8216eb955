using System.Runtime.CompilerServices;

namespace DklActors.Physics.Spectra.Fitting;

/// <summary>h / (1 + (2(E − c)/w)²) + b₀ + b₁(E − c): height, centre, full width at half maximum, line.</summary>
internal readonly struct Lorentzian : ICurveModel
{
    public static int Count => 5;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Evaluate(double energy, ReadOnlySpan<double> parameters, Span<double> derivatives)
    {
        double height = parameters[0], width = parameters[2];
        double away = energy - parameters[1];
        double scaled = 2 * away / width;
        double shape = 1 / (1 + (scaled * scaled));
        double steep = 2 * height * shape * shape * scaled;
        derivatives[0] = shape;
        derivatives[1] = (steep * 2 / width) - parameters[4];
        derivatives[2] = steep * scaled / width;
        derivatives[3] = 1;
        derivatives[4] = away;
        return (height * shape) + parameters[3] + (parameters[4] * away);
    }
}
