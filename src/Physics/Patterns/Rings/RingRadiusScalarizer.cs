using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Physics.Patterns.Judging;
using DklActors.Physics.Scalarizers;
using DklActors.Physics.Scalarizers.Parameters;
using DklActors.Physics.Spectra;

namespace DklActors.Physics.Patterns.Rings;

/// <summary>Radius of an amorphous ring.</summary>
internal sealed class RingRadiusScalarizer(ScalarizerSpec spec) : PatternScalarizer<RingMeter>(Kind, spec)
{
    /// <summary>Where the ring may begin.</summary>
    public static readonly NumberParameter From = new(
        "ringFrom", NumberUnit.Pixels, 0, 65536, "Radius from which the ring is looked for, with some background.");

    /// <summary>Where the ring may end.</summary>
    public static readonly NumberParameter To = new(
        "ringTo", NumberUnit.Pixels, 1, 65536, "Radius up to which the ring is looked for, with some background.");

    /// <summary>Moves with the beam.</summary>
    public static readonly NumberParameter Follow = new(
        "follow", NumberUnit.Pixels, 1, 65536,
        "The centre is moved to the centre of mass within so many px of it, pattern by pattern.")
    {
        DefaultInWords = "the centre stays",
    };

    public static readonly ScalarizerKind Kind = new(
        "ring-radius", 1, FrameNeed.Pattern, "Radius of an amorphous ring, from the azimuthal mean.",
        [From, To, PatternParameters.Centre, Follow, PatternParameters.PixelAngle, SpectrumParameters.Saturation])
    {
        Create = static spec => new RingRadiusScalarizer(spec),
        Check = static spec => spec.Get(To) - spec.Get(From) < RingMeter.FewestBins
            ? $"from ringFrom to ringTo there have to be {RingMeter.FewestBins} px or more"
            : null,
        Label = static _ => "ring radius",
    };

    private readonly double _calibration = spec.Find(PatternParameters.PixelAngle) ?? 1;

    public override string Unit { get; } = spec.Find(PatternParameters.PixelAngle) is null ? "px" : "mrad";

    protected override RingMeter Make(GridShape shape) => new(
        shape,
        new RingOptions(
            PatternGeometry.CentreOf(Spec, shape), Spec.Get(From), Spec.Get(To), Spec.Find(Follow)),
        Spec.Find(SpectrumParameters.Saturation));

    protected override Measured Measure(RingMeter meter, PatternFrame frame, in Measurement measurement)
    {
        Measured radius = meter.Radius(frame.Counts.Span, frame.Shape);
        return radius with
        {
            Value = radius.Value * _calibration,
            StandardError = radius.StandardError * _calibration,
        };
    }
}
