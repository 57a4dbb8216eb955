using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Physics.Patterns.Judging;
using DklActors.Physics.Scalarizers;

namespace DklActors.Physics.Patterns.Lattices;

/// <summary>Distance of neighbouring discs.</summary>
internal sealed class DiscSeparationScalarizer(ScalarizerSpec spec) : PatternScalarizer<LatticeMeter>(Kind, spec)
{
    public static readonly ScalarizerKind Kind = new(
        "disc-separation", 1, FrameNeed.Pattern, "Distance of neighbouring discs: the lattice's shortest vector.",
        [PatternParameters.PixelAngle, .. LatticeMeter.Parameters])
    {
        Create = static spec => new DiscSeparationScalarizer(spec),
        Check = DiscParameters.ProblemOf,
        Label = static _ => "disc separation",
    };

    private readonly double _calibration = spec.Find(PatternParameters.PixelAngle) ?? 1;

    public override string Unit { get; } = spec.Find(PatternParameters.PixelAngle) is null ? "px" : "mrad";

    protected override LatticeMeter Make(GridShape shape) => new(Spec, shape, null);

    protected override Measured Measure(LatticeMeter meter, PatternFrame frame, in Measurement measurement)
    {
        Measured separation = DiscSeparation.Of(meter.Fit(frame));
        return separation with
        {
            Value = separation.Value * _calibration,
            StandardError = separation.StandardError * _calibration,
        };
    }
}
