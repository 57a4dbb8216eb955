using System.Collections.Immutable;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Physics.Patterns.Judging;
using DklActors.Physics.Patterns.Moments;
using DklActors.Physics.Scalarizers;

namespace DklActors.Physics.Patterns.Fields;

/// <summary>Divergence of the centre of mass, or the charge density it means, from a cross of five patterns.</summary>
internal sealed class StencilScalarizer : PatternScalarizer<MomentMeter>
{
    public static readonly ScalarizerKind[] Kinds =
    [
        new(
            "com-divergence", 1, FrameNeed.Pattern,
            "Divergence of the centre of mass over the four neighbours of a point.",
            [
                PatternParameters.ScanStep, PatternParameters.StencilReach, PatternParameters.PixelAngle,
                .. MomentMeter.Parameters,
            ])
        {
            Create = static spec => new StencilScalarizer("com-divergence", spec, null),
            Label = static _ => "divergence of the centre of mass",
        },
        new(
            "charge-density", 1, FrameNeed.Pattern,
            "Charge density from the divergence of the electric field over the four neighbours of a point.",
            [
                PatternParameters.ScanStep, PatternParameters.StencilReach, .. FieldReader.Parameters,
                .. MomentMeter.Parameters,
            ])
        {
            Create = static spec => new StencilScalarizer("charge-density", spec, FieldReader.CalibrationOf(spec)),
            Check = FieldReader.ProblemOf,
            Label = static _ => "charge density",
        },
    ];

    private readonly FieldCalibration? _calibration;
    private readonly double _pixelAngle;
    private readonly double _stepNanometre;

    private StencilScalarizer(string name, ScalarizerSpec spec, FieldCalibration? calibration)
        : base(ScalarizerCatalog.Find(name)!, spec)
    {
        _calibration = calibration;
        _pixelAngle = spec.Find(PatternParameters.PixelAngle) ?? 1;
        int reach = spec.Get(PatternParameters.StencilReach);
        _stepNanometre = spec.Get(PatternParameters.ScanStep) * reach;
        Neighbours = [new(-reach, 0), new(reach, 0), new(0, -reach), new(0, reach)];
        Unit = calibration is not null ? "e/nm³"
            : spec.Find(PatternParameters.PixelAngle) is null ? "px/nm" : "mrad/nm";
    }

    public override string Unit { get; }

    /// <summary>Up, down, left, right.</summary>
    public override ImmutableArray<GridOffset> Neighbours { get; }

    protected override MomentMeter Make(GridShape shape) => new(Spec, shape);

    protected override Measured Measure(MomentMeter meter, PatternFrame frame, in Measurement measurement)
    {
        var cross = new CrossStencil(
            Calibrated(meter.Measure(frame, measurement.Place)),
            Neighbour(meter, in measurement, 0), Neighbour(meter, in measurement, 1),
            Neighbour(meter, in measurement, 2), Neighbour(meter, in measurement, 3));
        return _calibration is null ? cross.Divergence(_stepNanometre) : cross.ChargeDensity(_stepNanometre);
    }

    private CentreOfMass? Neighbour(MomentMeter meter, in Measurement measurement, int index)
    {
        if (measurement.Neighbours.IsDefaultOrEmpty || measurement.Neighbours[index] is not PatternFrame frame)
        {
            return null;
        }

        GridOffset offset = Neighbours[index];
        var place = new ProbePosition(measurement.Place.Row + offset.Rows, measurement.Place.Column + offset.Columns);
        return Calibrated(meter.Measure(frame, place));
    }

    private CentreOfMass Calibrated(CentreOfMass displacement) => _calibration is { } calibration
        ? calibration.FieldOf(displacement)
        : displacement.Times(_pixelAngle);
}
