using DklActors.Physics.Scalarizers;
using DklActors.Physics.Scalarizers.Parameters;

namespace DklActors.Physics.Patterns;

/// <summary>What scalarizers of diffraction patterns can be told about detector, beam and scan.</summary>
public static class PatternParameters
{
    /// <summary>Optic axis.</summary>
    public static readonly PointParameter Centre = new(
        "centre", "Where the optic axis meets the detector: row and column of the unscattered beam.")
    {
        DefaultInWords = "the middle of the detector",
    };

    /// <summary>Angle of a px.</summary>
    public static readonly NumberParameter PixelAngle = new(
        "pixelAngle", NumberUnit.Milliradians, 1e-6, 1e3, "Scattering angle of one px of the detector.")
    {
        DefaultInWords = "distances on the detector are in px",
    };

    /// <summary>Beam energy.</summary>
    public static readonly NumberParameter BeamEnergy = new(
        "beamEnergy", NumberUnit.ElectronVolts, 1e3, 3e6, "Energy of the beam's electrons (acceleration voltage).");

    /// <summary>Specimen thickness.</summary>
    public static readonly NumberParameter Thickness = new(
        "thickness", NumberUnit.Nanometres, 0.1, 1e4, "Thickness of the specimen.");

    /// <summary>Turn of the detector against the scan.</summary>
    public static readonly NumberParameter ScanRotation = new(
        "scanRotation", NumberUnit.Degrees, -360, 360,
        "Turn that takes directions on the detector to those of the scan, clockwise on the screen.")
    {
        Default = 0,
    };

    /// <summary>Mirrored detector.</summary>
    public static readonly ChoiceParameter Transposed = new(
        "detectorAxes", "Whether rows and columns of the detector are exchanged before it is turned: mirrored camera.",
        "as-read", "exchanged")
    {
        Default = "as-read",
    };

    /// <summary>Descan.</summary>
    public static readonly NumbersParameter Descan = new(
        "descan", 6, 6,
        "What the scan moves the pattern by, in px: x at the image's first pixel, x per row, x per column, and the "
        + "same for y (x along columns, y along rows of the detector).")
    {
        DefaultInWords = "patterns do not move with the scan",
    };

    /// <summary>Distance of pixels on the sample.</summary>
    public static readonly NumberParameter ScanStep = new(
        "scanStep", NumberUnit.Nanometres, 1e-6, 1e6, "Distance of neighbouring px of the structural image.");

    /// <summary>Reach of a stencil.</summary>
    public static readonly CountParameter StencilReach = new(
        "stencilReach", 1, 64, "How many px of the structural image the four neighbours are away.")
    {
        Default = 1,
    };

    /// <summary>Mask of the centre of mass.</summary>
    public static readonly NumberParameter Radius = new(
        "radius", NumberUnit.Pixels, 0.5, 65536, "Only px of the detector nearer to the centre than this count.")
    {
        DefaultInWords = "the whole detector counts",
    };

    /// <summary>Threshold of the centre of mass.</summary>
    public static readonly NumberParameter Threshold = new(
        "countThreshold", NumberUnit.None, 0, 1e12, "Counts up to this are taken for none.")
    {
        Default = 0,
    };

    /// <summary>Inner radius of a ring.</summary>
    public static readonly NumberParameter InnerRadius = new(
        "innerRadius", NumberUnit.Pixels, 0, 65536, "Inner radius on the detector.")
    {
        DefaultInWords = "innerAngle is given",
    };

    /// <summary>Outer radius of a disc or ring.</summary>
    public static readonly NumberParameter OuterRadius = new(
        "outerRadius", NumberUnit.Pixels, 0.5, 65536, "Outer radius on the detector.")
    {
        DefaultInWords = "outerAngle is given",
    };

    /// <summary>Inner angle of a ring.</summary>
    public static readonly NumberParameter InnerAngle = new(
        "innerAngle", NumberUnit.Milliradians, 0, 1e3, "Inner radius as a scattering angle; needs pixelAngle.")
    {
        DefaultInWords = "innerRadius is given",
    };

    /// <summary>Outer angle of a disc or ring.</summary>
    public static readonly NumberParameter OuterAngle = new(
        "outerAngle", NumberUnit.Milliradians, 1e-6, 1e3, "Outer radius as a scattering angle; needs pixelAngle.")
    {
        DefaultInWords = "outerRadius is given",
    };

    /// <summary>Any mask.</summary>
    public static readonly ArrayParameter Mask = new(
        "mask", "An array of the detector's shape: the weight of every pixel.");
}
