using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Physics.Patterns.Judging;
using DklActors.Physics.Scalarizers;
using DklActors.Physics.Scalarizers.Parameters;
using DklActors.Physics.Spectra;

namespace DklActors.Physics.Patterns.Masks;

/// <summary>Counts within a disc or ring on the detector.</summary>
internal sealed class VirtualDetectorScalarizer : PatternScalarizer<VirtualDetector>
{
    private static readonly ScalarizerParameter[] Outer =
        [PatternParameters.Centre, PatternParameters.OuterRadius, PatternParameters.OuterAngle];

    private static readonly ScalarizerParameter[] Inner = [PatternParameters.InnerRadius, PatternParameters.InnerAngle];

    private static readonly ScalarizerParameter[] Others =
        [PatternParameters.PixelAngle, SpectrumParameters.Saturation];

    public static readonly ScalarizerKind[] Kinds =
    [
        KindOf("bright-field", "Counts in a disc about the optic axis.", "bright field", hasInner: false),
        KindOf(
            "annular-bright-field", "Counts in a ring inside the disc of the unscattered beam.", "annular bright field",
            hasInner: true),
        KindOf(
            "annular-dark-field", "Counts in a ring outside the disc of the unscattered beam.", "annular dark field",
            hasInner: true),
    ];

    private readonly double _inner;
    private readonly double _outer;

    private VirtualDetectorScalarizer(ScalarizerKind kind, ScalarizerSpec spec, bool hasInner)
        : base(kind, spec)
    {
        _inner = hasInner ? InnerOf(spec) : 0;
        _outer = OuterOf(spec);
    }

    public override string Unit => "counts";

    protected override VirtualDetector Make(GridShape shape) => new(
        PatternMask.Ring(shape, PatternGeometry.CentreOf(Spec, shape), _inner, _outer),
        Spec.Find(SpectrumParameters.Saturation));

    protected override Measured Measure(VirtualDetector meter, PatternFrame frame, in Measurement measurement) =>
        meter.Sum(frame.Counts.Span, frame.Shape);

    private static ScalarizerKind KindOf(string name, string meaning, string label, bool hasInner) =>
        new(name, 1, FrameNeed.Pattern, meaning, hasInner ? [.. Outer, .. Inner, .. Others] : [.. Outer, .. Others])
        {
            Create = spec => new VirtualDetectorScalarizer(ScalarizerCatalog.Find(name)!, spec, hasInner),
            Check = spec => ProblemOf(spec, hasInner),
            Label = spec => FormattableString.Invariant(
                $"{label}, {(hasInner ? InnerOf(spec) : 0):G4}–{OuterOf(spec):G4} px"),
        };

    private static string? ProblemOf(ScalarizerSpec spec, bool hasInner) =>
        Either(spec, PatternParameters.OuterRadius, PatternParameters.OuterAngle)
        ?? (hasInner ? Either(spec, PatternParameters.InnerRadius, PatternParameters.InnerAngle) : null)
        ?? (hasInner && !(InnerOf(spec) < OuterOf(spec)) ? "the ring's inner radius is not below its outer one" : null);

    private static string? Either(ScalarizerSpec spec, NumberParameter radius, NumberParameter angle) =>
        (spec.Find(radius), spec.Find(angle), spec.Find(PatternParameters.PixelAngle)) switch
        {
            (null, null, _) => $"it needs {radius.Key}, or {angle.Key} with {PatternParameters.PixelAngle.Key}",
            (not null, not null, _) => $"{radius.Key} and {angle.Key} say the same; give one",
            (null, _, null) => $"{angle.Key} needs {PatternParameters.PixelAngle.Key}, the angle of one px",
            _ => null,
        };

    private static double InnerOf(ScalarizerSpec spec) =>
        PixelsOf(spec, PatternParameters.InnerRadius, PatternParameters.InnerAngle);

    private static double OuterOf(ScalarizerSpec spec) =>
        PixelsOf(spec, PatternParameters.OuterRadius, PatternParameters.OuterAngle);

    private static double PixelsOf(ScalarizerSpec spec, NumberParameter radius, NumberParameter angle) =>
        spec.Find(radius) ?? (spec.Get(angle) / spec.Get(PatternParameters.PixelAngle));
}
