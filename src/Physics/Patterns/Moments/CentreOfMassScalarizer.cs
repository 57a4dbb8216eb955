using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Physics.Patterns.Judging;
using DklActors.Physics.Scalarizers;

namespace DklActors.Physics.Patterns.Moments;

/// <summary>Centre of mass of a pattern: a component, length or direction of its displacement.</summary>
internal sealed class CentreOfMassScalarizer : PatternScalarizer<MomentMeter>
{
    /// <summary>One kind for each number.</summary>
    public static readonly ScalarizerKind[] Kinds =
    [
        KindOf("com-column", "Centre of mass along columns (x).", "x of the centre of mass", static com => com.Column),
        KindOf("com-row", "Centre of mass along rows (y).", "y of the centre of mass", static com => com.Row),
        KindOf(
            "com-magnitude", "Distance of the centre of mass from the optic axis.", "|centre of mass|",
            static com => com.Magnitude),
        KindOf(
            "com-angle", "Direction of the centre of mass in degrees: 0 to the right, 90 down the screen.",
            "direction of the centre of mass", static com => com.Angle),
    ];

    private readonly Func<CentreOfMass, Measured> _number;
    private readonly double _calibration;

    private CentreOfMassScalarizer(ScalarizerKind kind, ScalarizerSpec spec, Func<CentreOfMass, Measured> number)
        : base(kind, spec)
    {
        _number = number;
        _calibration = spec.Find(PatternParameters.PixelAngle) ?? 1;
        Unit = kind.Name == "com-angle" ? "deg" : spec.Find(PatternParameters.PixelAngle) is null ? "px" : "mrad";
    }

    public override string Unit { get; }

    protected override MomentMeter Make(GridShape shape) => new(Spec, shape);

    protected override Measured Measure(MomentMeter meter, PatternFrame frame, in Measurement measurement) =>
        _number(meter.Measure(frame, measurement.Place).Times(_calibration));

    private static ScalarizerKind KindOf(
        string name, string meaning, string label, Func<CentreOfMass, Measured> number) =>
        new(name, 1, FrameNeed.Pattern, meaning, [PatternParameters.PixelAngle, .. MomentMeter.Parameters])
        {
            Create = spec => new CentreOfMassScalarizer(ScalarizerCatalog.Find(name)!, spec, number),
            Label = _ => label,
        };
}
