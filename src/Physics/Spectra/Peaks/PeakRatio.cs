using DklActors.Messages.Frames;
using DklActors.Messages.Scalars;
using DklActors.Physics.Scalarizers;
using DklActors.Physics.Spectra.Windows;

namespace DklActors.Physics.Spectra.Peaks;

/// <summary>Largest count in one window over that in another: R = a/b, σ² = σₐ²/b² + R²σ_b²/b².</summary>
internal sealed class PeakRatio(ScalarizerSpec spec) : SpectrumScalarizer(Kind, spec)
{
    public static readonly ScalarizerKind Kind = new(
        "peak-ratio", 1, FrameNeed.Spectrum, "Largest count in the window over the largest in the reference.",
        [SpectrumParameters.Window, SpectrumParameters.Reference, .. SpectrumParameters.OfAll])
    {
        Create = static spec => new PeakRatio(spec),
        Label = static spec => $"peak in {SpectrumParameters.TextOf(spec, SpectrumParameters.Window)} over peak in "
            + SpectrumParameters.TextOf(spec, SpectrumParameters.Reference),
    };

    private readonly EnergyWindow _numerator = spec.Get(SpectrumParameters.Window);
    private readonly EnergyWindow _denominator = spec.Get(SpectrumParameters.Reference);

    public override string Unit => "";

    protected override ScalarResult Measure(ref Spectrum spectrum)
    {
        WindowCounts below = default;
        if ((WindowCounts.Of(ref spectrum, _numerator, out WindowCounts above)
            ?? WindowCounts.Of(ref spectrum, _denominator, out below)) is { } problem)
        {
            return ScalarResult.Bad(problem);
        }

        if (above.Maximum >= Saturation || below.Maximum >= Saturation)
        {
            return ScalarResult.Bad($"A peak is saturated (level {Saturation}).");
        }

        if (below.Maximum <= 0)
        {
            return ScalarResult.Bad($"The ratio's denominator, {_denominator}, holds {below.Maximum:G6} counts.");
        }

        double ratio = above.Maximum / below.Maximum;
        if (above.MaximumChannel == below.MaximumChannel)
        {
            return spectrum.ResultOf(ratio, 0);
        }

        double variance = Math.Max(spectrum.Variances[above.MaximumChannel], 1)
            + (ratio * ratio * Math.Max(spectrum.Variances[below.MaximumChannel], 1));
        for (int mode = 0; mode < spectrum.ModeCount; mode++)
        {
            ReadOnlySpan<double> shared = spectrum.Modes.Slice(mode * spectrum.Length, spectrum.Length);
            double moved = shared[above.MaximumChannel] - (ratio * shared[below.MaximumChannel]);
            variance += moved * moved;
        }

        return spectrum.ResultOf(ratio, Math.Sqrt(variance) / below.Maximum);
    }
}
