using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Physics.Patterns.Judging;
using DklActors.Physics.Scalarizers;
using DklActors.Physics.Spectra;

namespace DklActors.Physics.Patterns.Discs;

/// <summary>Number of discs of a pattern.</summary>
internal sealed class DiscCountScalarizer(ScalarizerSpec spec) : PatternScalarizer<DiscFinder>(Kind, spec)
{
    public static readonly ScalarizerKind Kind = new(
        "disc-count", 1, FrameNeed.Pattern, "Number of diffraction discs.",
        [.. DiscParameters.OfDiscs, SpectrumParameters.Saturation])
    {
        Create = static spec => new DiscCountScalarizer(spec),
        Check = DiscParameters.ProblemOf,
        Label = static _ => "number of discs",
    };

    private readonly double _leastHeight = spec.Get(DiscParameters.LeastHeight);
    private readonly double _leastSignificance = spec.Get(DiscParameters.LeastSignificance);

    public override string Unit => "discs";

    protected override DiscFinder Make(GridShape shape) => DiscReader.FinderOf(Spec, shape);

    protected override Measured Measure(DiscFinder meter, PatternFrame frame, in Measurement measurement)
    {
        Span<Disc> discs = stackalloc Disc[meter.MostDiscs];
        Finding finding = meter.Find(frame.Counts.Span, frame.Shape, discs, out int count);
        return count == 0
            ? Measured.Bad(finding)
            : DiscCount.Of(discs[..count], _leastHeight, _leastSignificance, finding);
    }
}
