using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Physics.Patterns.Judging;
using DklActors.Physics.Patterns.Moments;
using DklActors.Physics.Scalarizers;
using DklActors.Physics.Scalarizers.Parameters;

namespace DklActors.Physics.Patterns.Fields;

/// <summary>Electric field from the centre of mass, V/nm.</summary>
internal sealed class ElectricFieldScalarizer(ScalarizerSpec spec)
    : PatternScalarizer<MomentMeter>(Kind, spec)
{
    /// <summary>Which number of the field.</summary>
    public static readonly ChoiceParameter Component = new(
        "fieldComponent", "Which number of the field: its magnitude, a component, or its direction in degrees.",
        "magnitude", "column", "row", "direction")
    {
        Default = "magnitude",
    };

    public static readonly ScalarizerKind Kind = new(
        "electric-field", 1, FrameNeed.Pattern, "Electric field that deflected the beam, from the centre of mass.",
        [Component, .. FieldReader.Parameters, .. MomentMeter.Parameters])
    {
        Create = static spec => new ElectricFieldScalarizer(spec),
        Check = FieldReader.ProblemOf,
        Label = static spec => $"electric field, {spec.Get(Component)}",
    };

    private readonly FieldCalibration _calibration = FieldReader.CalibrationOf(spec);
    private readonly string _component = spec.Get(Component);

    public override string Unit => _component == "direction" ? "deg" : "V/nm";

    protected override MomentMeter Make(GridShape shape) => new(Spec, shape);

    protected override Measured Measure(MomentMeter meter, PatternFrame frame, in Measurement measurement)
    {
        CentreOfMass field = _calibration.FieldOf(meter.Measure(frame, measurement.Place));
        return _component switch
        {
            "column" => field.Column,
            "row" => field.Row,
            "direction" => field.Angle,
            _ => field.Magnitude,
        };
    }
}
