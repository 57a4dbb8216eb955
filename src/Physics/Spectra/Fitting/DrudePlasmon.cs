using System.Runtime.CompilerServices;

namespace DklActors.Physics.Spectra.Fitting;

/// <summary>
/// The volume plasmon of free electrons, A·EΓEₚ² / ((E² − Eₚ²)² + (EΓ)²), which is A·Im(−1/ε) of the Drude dielectric
/// function (Egerton 2011, equation 3.43): amplitude, plasmon energy Eₚ, damping Γ = ħ/τ.
/// </summary>
internal readonly struct DrudePlasmon : ICurveModel
{
    public static int Count => 3;

    public static double AmplitudeOf(double height, double centre, double width) => height * width / centre;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Evaluate(double energy, ReadOnlySpan<double> parameters, Span<double> derivatives)
    {
        double amplitude = parameters[0], plasmon = parameters[1], damping = parameters[2];
        double square = plasmon * plasmon;
        double off = (energy * energy) - square;
        double damped = energy * damping;
        double denominator = (off * off) + (damped * damped);
        double shape = damped * square / denominator;
        derivatives[0] = shape;
        derivatives[1] = amplitude * shape * ((2 / plasmon) + (4 * plasmon * off / denominator));
        derivatives[2] = amplitude * shape * ((1 / damping) - (2 * damped * energy / denominator));
        return amplitude * shape;
    }
}
