using System.Runtime.CompilerServices;

namespace DklActors.Physics.Spectra.Fitting;

/// <summary>h·exp(−4 ln2 (E − c)²/w²) + b₀ + b₁(E − c): height, centre, full width at half maximum, line.</summary>
internal readonly struct Gaussian : ICurveModel
{
    private const double FourLogTwo = 4 * 0.693147180559945309417;

    public static int Count => 5;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Evaluate(double energy, ReadOnlySpan<double> parameters, Span<double> derivatives)
    {
        double height = parameters[0], width = parameters[2];
        double away = energy - parameters[1];
        double scaled = away / width;
        double shape = Math.Exp(-FourLogTwo * scaled * scaled);
        double steep = 2 * FourLogTwo * height * shape * scaled / width;
        derivatives[0] = shape;
        derivatives[1] = steep - parameters[4];
        derivatives[2] = steep * scaled;
        derivatives[3] = 1;
        derivatives[4] = away;
        return (height * shape) + parameters[3] + (parameters[4] * away);
    }
}
