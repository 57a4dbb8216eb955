using DklActors.Messages.Frames;
using DklActors.Messages.Scalars;
using DklActors.Physics.Scalarizers;

namespace DklActors.Physics.Spectra.Windows;

/// <summary>Mean energy of the counts in a window, ΣEᵢcᵢ / Σcᵢ; σ² = Σ(Eᵢ − E)²vᵢ / (Σcᵢ)².</summary>
internal sealed class CentreOfMass(ScalarizerSpec spec) : SpectrumScalarizer(Kind, spec)
{
    public static readonly ScalarizerKind Kind = new(
        "energy-centre", 1, FrameNeed.Spectrum, "Mean energy of the counts in the window (centre of mass).",
        [SpectrumParameters.Window, .. SpectrumParameters.OfAll])
    {
        Create = static spec => new CentreOfMass(spec),
        Label = static spec => $"centre of mass of {SpectrumParameters.TextOf(spec, SpectrumParameters.Window)}",
    };

    private readonly EnergyWindow _window = spec.Get(SpectrumParameters.Window);

    public override string Unit => "eV";

    protected override ScalarResult Measure(ref Spectrum spectrum)
    {
        if (spectrum.Open(_window, out int first, out int length) is { } problem)
        {
            return ScalarResult.Bad(problem);
        }

        double sum = 0, moment = 0;
        for (int i = 0; i < length; i++)
        {
            sum += spectrum.Counts[first + i];
            moment += i * spectrum.Counts[first + i];
        }

        if (sum <= 0)
        {
            return ScalarResult.Bad($"The window {_window} holds {sum:G6} counts: they have no centre.");
        }

        double centre = moment / sum;
        Span<double> gradient = spectrum.Scratch(0, length);
        for (int i = 0; i < length; i++)
        {
            gradient[i] = (i - centre) * spectrum.Dispersion / sum;
        }

        return spectrum.ResultOf(
            spectrum.EnergyOf(first + centre), Math.Sqrt(spectrum.VarianceOf(first, gradient)));
    }
}
