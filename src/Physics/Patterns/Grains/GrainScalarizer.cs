using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Physics.Patterns.Judging;
using DklActors.Physics.Patterns.Lattices;
using DklActors.Physics.Scalarizers;
using DklActors.Physics.Scalarizers.Parameters;

namespace DklActors.Physics.Patterns.Grains;

/// <summary>Orientation of the grain that a pattern comes from.</summary>
internal sealed class GrainScalarizer : PatternScalarizer<LatticeMeter>
{
    private delegate Measured Number(GrainOrientation orientation, LatticeFit fit, ScalarizerSpec spec);

    private static readonly ScalarizerParameter[] OfAll =
    [
        DiscParameters.Symmetry, PatternParameters.ScanRotation, PatternParameters.Transposed,
        .. LatticeMeter.Parameters,
    ];

    public static readonly ScalarizerKind[] Kinds =
    [
        KindOf(
            "grain-angle", "Direction of the lattice of discs in degrees, from 0 to the turn that changes nothing.",
            "grain orientation", "deg", [], static (orientation, fit, _) => orientation.Angle(fit)),
        KindOf(
            "misorientation", "Turn of the lattice of discs against an orientation, of the least size.",
            "misorientation", "deg", [DiscParameters.Orientation],
            static (orientation, fit, spec) => orientation.Misorientation(fit, spec.Get(DiscParameters.Orientation))),
        KindOf(
            "grain", "Which of known grains a pattern comes from, by orientation: 1, 2, …", "grain", "",
            [DiscParameters.Orientations, DiscParameters.OrientationTolerance],
            static (orientation, fit, spec) => orientation.Identity(
                fit, spec.Get(DiscParameters.Orientations).Values.AsSpan(),
                spec.Get(DiscParameters.OrientationTolerance))),
    ];

    private readonly GrainOrientation _orientation;
    private readonly Number _number;

    private GrainScalarizer(ScalarizerKind kind, ScalarizerSpec spec, string unit, Number number)
        : base(kind, spec)
    {
        _number = number;
        _orientation = new GrainOrientation(spec.Get(DiscParameters.Symmetry), PatternGeometry.FrameOf(spec));
        Unit = unit;
    }

    public override string Unit { get; }

    protected override LatticeMeter Make(GridShape shape) => new(Spec, shape, null);

    protected override Measured Measure(LatticeMeter meter, PatternFrame frame, in Measurement measurement) =>
        _number(_orientation, meter.Fit(frame), Spec);

    private static ScalarizerKind KindOf(
        string name, string meaning, string label, string unit, ScalarizerParameter[] own, Number number) =>
        new(name, 1, FrameNeed.Pattern, meaning, [.. own, .. OfAll])
        {
            Create = spec => new GrainScalarizer(ScalarizerCatalog.Find(name)!, spec, unit, number),
            Check = static spec => DiscParameters.ProblemOf(spec)
                ?? (spec.Get(DiscParameters.Symmetry) is 2 or 4 or 6 ? null : "symmetry has to be 2, 4 or 6"),
            Label = _ => label,
        };
}
