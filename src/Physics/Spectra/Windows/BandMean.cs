using DklActors.Messages.Frames;
using DklActors.Messages.Scalars;
using DklActors.Physics.Scalarizers;

namespace DklActors.Physics.Spectra.Windows;

/// <summary>Mean count per channel in a window; standard error √sum / channels (Poisson).</summary>
internal sealed class BandMean(ScalarizerSpec spec) : SpectrumScalarizer(Kind, spec)
{
    public static readonly ScalarizerKind Kind = new(
        "band-mean", 1, FrameNeed.Spectrum, "Mean count per channel in the window.",
        [SpectrumParameters.Window, .. SpectrumParameters.OfAll])
    {
        Create = static spec => new BandMean(spec),
        Label = static spec => $"mean of {SpectrumParameters.TextOf(spec, SpectrumParameters.Window)}",
    };

    private readonly EnergyWindow _window = spec.Get(SpectrumParameters.Window);

    public override string Unit => "counts/channel";

    protected override ScalarResult Measure(ref Spectrum spectrum) =>
        WindowCounts.Of(ref spectrum, _window, out WindowCounts counts) is { } problem
            ? ScalarResult.Bad(problem)
            : spectrum.ResultOf(counts.Sum / counts.Channels, Math.Sqrt(counts.Variance) / counts.Channels);
}
