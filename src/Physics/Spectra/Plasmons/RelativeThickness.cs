using DklActors.Messages.Frames;
using DklActors.Messages.Scalars;
using DklActors.Physics.Scalarizers;

namespace DklActors.Physics.Spectra.Plasmons;

/// <summary>
/// Thickness in inelastic mean free paths, t/λ = ln(Iₜ/I₀): all counts over those of the zero-loss peak (Egerton 2011,
/// equation 5.1). With Iᵢ = Iₜ − I₀, σ² = (1/Iₜ − 1/I₀)²I₀ + Iᵢ/Iₜ².
/// </summary>
internal sealed class RelativeThickness(ScalarizerSpec spec) : SpectrumScalarizer(Kind, spec)
{
    public static readonly ScalarizerKind Kind = new(
        "thickness", 1, FrameNeed.Spectrum,
        "Thickness in inelastic mean free paths, t/λ; the window is that of the zero-loss peak.",
        [SpectrumParameters.Window, .. SpectrumParameters.OfAll])
    {
        Create = static spec => new RelativeThickness(spec),
        Label = static _ => "t/λ",
        Check = static spec => spec.Get(SpectrumParameters.Window) is { Low.Value: < 0, High.Value: > 0 }
            ? null
            : $"the window {spec.Get(SpectrumParameters.Window)} of the zero-loss peak has to hold 0 eV",
    };

    private readonly EnergyWindow _zeroLoss = spec.Get(SpectrumParameters.Window);

    public override string Unit => "";

    protected override ScalarResult Measure(ref Spectrum spectrum)
    {
        if (spectrum.Open(_zeroLoss, out int first, out int length) is { } problem)
        {
            return ScalarResult.Bad(problem);
        }

        // What lies below the peak is read-out noise: electrons gain next to nothing.
        double elastic = 0, total = 0;
        for (int channel = first; channel < spectrum.Length; channel++)
        {
            double count = spectrum.Counts[channel];
            if (!double.IsFinite(count))
            {
                return ScalarResult.Bad($"Channel {channel} ({spectrum.EnergyOf(channel)} eV) holds {count} counts.");
            }

            total += count;
            elastic += channel < first + length ? count : 0;
        }

        if (elastic <= 0 || total <= 0)
        {
            return ScalarResult.Bad($"The zero-loss peak holds {elastic:G6} of {total:G6} counts: no thickness.");
        }

        Span<double> gradient = spectrum.Scratch(0, spectrum.Length - first);
        gradient.Fill(1 / total);
        foreach (ref double element in gradient[..length])
        {
            element -= 1 / elastic;
        }

        if (total < elastic)
        {
            spectrum.Suspect("The spectrum holds fewer counts than its zero-loss peak: is it dark-subtracted too far?");
        }

        return spectrum.ResultOf(Math.Log(total / elastic), Math.Sqrt(spectrum.VarianceOf(first, gradient)));
    }
}
