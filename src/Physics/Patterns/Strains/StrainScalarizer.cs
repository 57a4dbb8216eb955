using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Physics.Patterns.Judging;
using DklActors.Physics.Patterns.Lattices;
using DklActors.Physics.Scalarizers;

namespace DklActors.Physics.Patterns.Strains;

/// <summary>A component of the strain, or the turn of the lattice, from separated discs.</summary>
internal sealed class StrainScalarizer : PatternScalarizer<LatticeMeter>
{
    public static readonly ScalarizerKind[] Kinds =
    [
        KindOf("strain-xx", "Strain along columns against the reference.", "strain xx", static strain => strain.XX),
        KindOf("strain-yy", "Strain along rows against the reference.", "strain yy", static strain => strain.YY),
        KindOf("strain-xy", "Shear strain against the reference.", "strain xy", static strain => strain.XY),
        KindOf(
            "lattice-rotation", "Turn of the lattice against the reference, clockwise on the screen.",
            "lattice rotation", static strain => strain.RotationDegrees),
    ];

    private readonly StrainGauge _gauge;
    private readonly Func<StrainResult, Measured> _number;

    private StrainScalarizer(ScalarizerKind kind, ScalarizerSpec spec, Func<StrainResult, Measured> number)
        : base(kind, spec)
    {
        _number = number;
        _gauge = new StrainGauge(PatternGeometry.ReferenceOf(spec), PatternGeometry.FrameOf(spec));
        Unit = kind.Name == "lattice-rotation" ? "deg" : "";
    }

    public override string Unit { get; }

    protected override LatticeMeter Make(GridShape shape) => new(Spec, shape, _gauge.Reference);

    protected override Measured Measure(LatticeMeter meter, PatternFrame frame, in Measurement measurement) =>
        _number(_gauge.Measure(meter.Fit(frame)));

    private static ScalarizerKind KindOf(
        string name, string meaning, string label, Func<StrainResult, Measured> number) => new(
            name, 1, FrameNeed.Pattern, meaning,
            [
                DiscParameters.ReferenceA, DiscParameters.ReferenceB, PatternParameters.ScanRotation,
                PatternParameters.Transposed, .. LatticeMeter.Parameters,
            ])
        {
            Create = spec => new StrainScalarizer(ScalarizerCatalog.Find(name)!, spec, number),
            Check = static spec => DiscParameters.ProblemOf(spec) ?? PatternGeometry.ProblemOfReference(spec),
            Label = _ => label,
        };
}
