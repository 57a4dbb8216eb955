using DklActors.Messages.Frames;
using DklActors.Messages.Scalars;
using DklActors.Physics.Scalarizers;
using DklActors.Physics.Spectra.Backgrounds;
using DklActors.Physics.Spectra.Preparation;
using DklActors.Physics.Spectra.Windows;

namespace DklActors.Physics.Spectra.Edges;

/// <summary>
/// Counts of a core-loss edge: the sum over a window after a background fitted before the edge (Egerton 2011, section
/// 4.4). Its error holds that of the extrapolated background, Egerton's h.
/// </summary>
internal sealed class EdgeArea(ScalarizerSpec spec) : SpectrumScalarizer(Kind, spec)
{
    public static readonly ScalarizerKind Kind = new(
        "edge-area", 1, FrameNeed.Spectrum, "Counts of a core-loss edge above the background fitted before it.",
        [
            SpectrumParameters.Window, SpectrumParameters.Background, SpectrumParameters.BackgroundModel,
            .. SpectrumParameters.OfAll,
        ])
    {
        Create = static spec => new EdgeArea(spec),
        Label = static spec => $"edge in {SpectrumParameters.TextOf(spec, SpectrumParameters.Window)}",
        Check = EdgeWindows.ProblemOf,
    };

    private readonly EnergyWindow _window = spec.Get(SpectrumParameters.Window);
    private readonly SubtractBackground _background = new(
        BackgroundModels.Parse(spec.Get(SpectrumParameters.BackgroundModel)), spec.Get(SpectrumParameters.Background));

    public override string Unit => "counts";

    protected override ScalarResult Measure(ref Spectrum spectrum)
    {
        if ((spectrum.Open(_window, out _, out _) ?? _background.Apply(ref spectrum)) is { } problem)
        {
            return ScalarResult.Bad(problem);
        }

        return WindowCounts.Of(ref spectrum, _window, out WindowCounts counts) is { } failure
            ? ScalarResult.Bad(failure)
            : spectrum.ResultOf(counts.Sum, Math.Sqrt(counts.Variance));
    }
}
