using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Physics.Patterns.Masks;
using DklActors.Physics.Scalarizers;
using DklActors.Physics.Scalarizers.Parameters;
using DklActors.Physics.Spectra;

namespace DklActors.Physics.Patterns.Moments;

/// <summary>Displacement of a pattern as a specification tells: less descan, in the directions of the scan.</summary>
internal sealed class MomentMeter
{
    /// <summary>What it can be told.</summary>
    public static readonly ScalarizerParameter[] Parameters =
    [
        PatternParameters.Centre, PatternParameters.Radius, PatternParameters.Threshold,
        PatternParameters.ScanRotation, PatternParameters.Transposed, PatternParameters.Descan,
        SpectrumParameters.Saturation,
    ];

    private readonly CentreOfMassMeter _meter;
    private readonly DescanPlane _descan;
    private readonly ScanFrame _frame;

    /// <exception cref="ArgumentException">The mask lets nothing of the detector through.</exception>
    public MomentMeter(ScalarizerSpec spec, GridShape shape)
    {
        PatternPoint centre = PatternGeometry.CentreOf(spec, shape);
        PatternMask mask = spec.Find(PatternParameters.Radius) is { } radius
            ? PatternMask.Disc(shape, centre, radius)
            : PatternMask.All(shape);
        _meter = new CentreOfMassMeter(
            mask, centre, spec.Get(PatternParameters.Threshold), spec.Find(SpectrumParameters.Saturation));
        _descan = PatternGeometry.DescanOf(spec);
        _frame = PatternGeometry.FrameOf(spec);
    }

    /// <summary>In px of the detector.</summary>
    public CentreOfMass Measure(PatternFrame frame, ProbePosition place)
    {
        (double x, double y) = _descan.At(place);
        return _frame.Apply(_meter.Measure(frame.Counts.Span, frame.Shape).Minus(x, y));
    }
}
