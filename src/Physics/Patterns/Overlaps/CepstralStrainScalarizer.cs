using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Physics.Patterns.Judging;
using DklActors.Physics.Patterns.Lattices;
using DklActors.Physics.Patterns.Strains;
using DklActors.Physics.Scalarizers;
using DklActors.Physics.Scalarizers.Parameters;
using DklActors.Physics.Spectra;

namespace DklActors.Physics.Patterns.Overlaps;

/// <summary>Strain or turn of a lattice whose discs overlap, from the cepstrum.</summary>
internal sealed class CepstralStrainScalarizer(ScalarizerSpec spec) : PatternScalarizer<CepstralLattice>(Kind, spec)
{
    /// <summary>Which number.</summary>
    public static readonly ChoiceParameter Component = new(
        "strain", "Which number of the strain.", "xx", "yy", "xy", "rotation") { Default = "xx" };

    /// <summary>Added before the logarithm.</summary>
    public static readonly NumberParameter Floor = new(
        "logFloor", NumberUnit.None, 1e-6, 1e12, "Counts that are added to each px before the logarithm.")
    {
        DefaultInWords = "a twentieth of the mean count, at least one",
    };

    /// <summary>Least spacing of discs.</summary>
    public static readonly NumberParameter Shortest = new(
        "shortestSpacing", NumberUnit.Pixels, 2, 4096, "Least distance of neighbouring discs.") { Default = 6 };

    /// <summary>Greatest spacing of discs.</summary>
    public static readonly NumberParameter Longest = new(
        "longestSpacing", NumberUnit.Pixels, 3, 4096, "Greatest distance of neighbouring discs.")
    {
        DefaultInWords = "a fifth of the detector",
    };

    /// <summary>Radius of the discs.</summary>
    public static readonly NumberParameter OverlapRadius = new(
        "overlapRadius", NumberUnit.Pixels, 1, 4096,
        "Radius of the overlapping discs; the lattice of the cepstrum is refined by a fit of discs to the pattern.")
    {
        DefaultInWords = "the lattice of the cepstrum is taken as it is",
    };

    public static readonly ScalarizerKind Kind = new(
        "cepstral-strain", 1, FrameNeed.Pattern,
        "Strain against the reference where discs overlap, from the cepstrum of the pattern.",
        [
            Component, DiscParameters.ReferenceA, DiscParameters.ReferenceB, PatternParameters.ScanRotation,
            PatternParameters.Transposed, Floor, Shortest, Longest, OverlapRadius, DiscParameters.DiscEdge,
            PatternParameters.Centre, SpectrumParameters.Saturation,
        ])
    {
        Create = static spec => new CepstralStrainScalarizer(spec),
        Check = static spec => PatternGeometry.ProblemOfReference(spec)
            ?? (spec.Find(Longest) <= spec.Get(Shortest) ? "longestSpacing is not above shortestSpacing" : null),
        Label = static spec => spec.Get(Component) == "rotation"
            ? "lattice rotation (cepstral)"
            : $"strain {spec.Get(Component)} (cepstral)",
    };

    private readonly string _component = spec.Get(Component);

    private readonly StrainGauge _gauge =
        new(PatternGeometry.ReferenceOf(spec), PatternGeometry.FrameOf(spec));

    private readonly OverlapRefiner? _refiner = spec.Find(OverlapRadius) is { } radius
        ? new OverlapRefiner(new OverlapOptions(radius, spec.Get(DiscParameters.DiscEdge)))
        : null;

    public override string Unit => _component == "rotation" ? "deg" : "";

    protected override CepstralLattice Make(GridShape shape) => new(
        shape,
        new CepstrumOptions
        {
            FloorCounts = Spec.Find(Floor),
            ShortestSpacingPixels = Spec.Get(Shortest),
            LongestSpacingPixels = Spec.Find(Longest),
        },
        _gauge.Reference, Spec.Find(SpectrumParameters.Saturation));

    protected override Measured Measure(CepstralLattice meter, PatternFrame frame, in Measurement measurement)
    {
        ReadOnlySpan<float> counts = frame.Counts.Span;
        LatticeFit fit = meter.Find(counts, frame.Shape);
        if (_refiner is not null)
        {
            fit = _refiner.Refine(counts, frame.Shape, fit, PatternGeometry.CentreOf(Spec, frame.Shape));
        }

        StrainResult strain = _gauge.Measure(fit);
        return _component switch
        {
            "yy" => strain.YY,
            "xy" => strain.XY,
            "rotation" => strain.RotationDegrees,
            _ => strain.XX,
        };
    }
}
