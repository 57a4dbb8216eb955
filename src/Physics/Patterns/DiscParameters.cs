using DklActors.Physics.Patterns.Discs;
using DklActors.Physics.Scalarizers;
using DklActors.Physics.Scalarizers.Parameters;

namespace DklActors.Physics.Patterns;

/// <summary>What scalarizers that look for discs and lattices can be told.</summary>
public static class DiscParameters
{
    /// <summary>Most discs that can be asked for.</summary>
    internal const int MostDiscsOfAll = 256;

    /// <summary>Radius of a disc.</summary>
    public static readonly NumberParameter DiscRadius = new(
        "discRadius", NumberUnit.Pixels, 1, 4096, "Radius of the discs: convergence angle over pixelAngle.")
    {
        DefaultInWords = "probe is given",
    };

    /// <summary>Width of a disc's edge.</summary>
    public static readonly NumberParameter DiscEdge = new(
        "discEdge", NumberUnit.Pixels, 0.1, 1024, "Width of the soft edge of the template's disc.")
    {
        Default = 2,
    };

    /// <summary>Measured probe.</summary>
    public static readonly ArrayParameter Probe = new(
        "probe", "A pattern of the probe in vacuum, of the detector's shape, in place of a made disc.")
    {
        DefaultInWords = "a disc of discRadius",
    };

    /// <summary>Trench around the template.</summary>
    public static readonly NumberParameter Trench = new(
        "trench", NumberUnit.Pixels, 0, 4096,
        "Radius where the negative trench around the template ends; 0 px: none.")
    {
        DefaultInWords = "twice the radius of the disc",
    };

    /// <summary>Power of the correlation.</summary>
    public static readonly NumberParameter CorrelationPower = new(
        "correlationPower", NumberUnit.None, 0, 1, "1: cross-correlation, 0: phase correlation, between: hybrid.")
    {
        Default = 1,
    };

    /// <summary>Least relative height.</summary>
    public static readonly NumberParameter LeastHeight = new(
        "leastHeight", NumberUnit.None, 0, 1, "Least correlation of a disc as a fraction of the highest.")
    {
        Default = 0.02,
    };

    /// <summary>Least significance.</summary>
    public static readonly NumberParameter LeastSignificance = new(
        "leastSignificance", NumberUnit.None, 0, 1e3, "Least correlation of a disc in standard errors of it.")
    {
        Default = 4,
    };

    /// <summary>Least spacing.</summary>
    public static readonly NumberParameter LeastSpacing = new(
        "leastSpacing", NumberUnit.Pixels, 0, 65536, "Least distance of two discs; the weaker one is dropped.")
    {
        DefaultInWords = "the radius of the disc",
    };

    /// <summary>Edge of the detector.</summary>
    public static readonly NumberParameter Edge = new(
        "detectorEdge", NumberUnit.Pixels, 1, 65536, "Least distance of a disc's centre from the detector's edges.")
    {
        DefaultInWords = "the radius of the disc",
    };

    /// <summary>Most discs.</summary>
    public static readonly CountParameter MostDiscs = new(
        "mostDiscs", 3, MostDiscsOfAll, "The highest so many discs are kept.")
    {
        Default = 70,
    };

    /// <summary>First reference vector.</summary>
    public static readonly PointParameter ReferenceA = new(
        "referenceA", "First vector of the lattice of discs without strain: rows and columns on the detector.");

    /// <summary>Second reference vector.</summary>
    public static readonly PointParameter ReferenceB = new(
        "referenceB", "Second vector of the lattice of discs without strain.");

    /// <summary>Symmetry of the lattice.</summary>
    public static readonly CountParameter Symmetry = new(
        "symmetry", 2, 6, "Turns after which the lattice of discs looks the same: 2, 4 or 6.")
    {
        Default = 4,
    };

    /// <summary>Zero of a misorientation.</summary>
    public static readonly NumberParameter Orientation = new(
        "orientation", NumberUnit.Degrees, -360, 360, "Direction of the lattice from which turns are counted.");

    /// <summary>Known grains.</summary>
    public static readonly NumbersParameter Orientations = new(
        "orientations", 2, 64, "Directions of the lattices of known grains in degrees.");

    /// <summary>How far a grain may be off.</summary>
    public static readonly NumberParameter OrientationTolerance = new(
        "orientationTolerance", NumberUnit.Degrees, 0, 90, "Greatest turn of a grain against the nearest known one.")
    {
        Default = 10,
    };

    /// <summary>What all that look for discs can be told.</summary>
    internal static readonly ScalarizerParameter[] OfDiscs =
    [
        DiscRadius, DiscEdge, Probe, Trench, CorrelationPower, LeastHeight, LeastSignificance, LeastSpacing, Edge,
        MostDiscs,
    ];

    /// <summary>The options of a specification.</summary>
    internal static DiscOptions OptionsOf(ScalarizerSpec spec) => new()
    {
        CorrelationPower = spec.Get(CorrelationPower),
        LeastRelativeHeight = spec.Get(LeastHeight),
        LeastSignificance = spec.Get(LeastSignificance),
        LeastSpacingPixels = spec.Find(LeastSpacing),
        EdgePixels = spec.Find(Edge),
        MostDiscs = spec.Get(MostDiscs),
    };

    /// <summary>A disc or a probe has to be given.</summary>
    internal static string? ProblemOf(ScalarizerSpec spec) =>
        (spec.Find(DiscRadius) is not null, spec.TryGet(Probe, out _)) switch
        {
            (false, false) => "it needs discRadius, or the pattern of a probe",
            (true, true) => "discRadius and probe both say what a disc looks like; give one",
            _ => null,
        };
}
