using DklActors.Messages.Frames;
using DklActors.Messages.Scalars;
using DklActors.Physics.Scalarizers;

namespace DklActors.Physics.Spectra.Windows;

/// <summary>Sum of the counts in a window; standard error √sum (Poisson), at least one count.</summary>
internal sealed class BandSum(ScalarizerSpec spec) : SpectrumScalarizer(Kind, spec)
{
    public static readonly ScalarizerKind Kind = new(
        "band-sum", 1, FrameNeed.Spectrum, "Sum of the counts in the window.",
        [SpectrumParameters.Window, .. SpectrumParameters.OfAll])
    {
        Create = static spec => new BandSum(spec),
        Label = static spec => $"sum of {SpectrumParameters.TextOf(spec, SpectrumParameters.Window)}",
    };

    private readonly EnergyWindow _window = spec.Get(SpectrumParameters.Window);

    public override string Unit => "counts";

    protected override ScalarResult Measure(ref Spectrum spectrum) =>
        WindowCounts.Of(ref spectrum, _window, out WindowCounts counts) is { } problem
            ? ScalarResult.Bad(problem)
            : spectrum.ResultOf(counts.Sum, Math.Sqrt(counts.Variance));
}
