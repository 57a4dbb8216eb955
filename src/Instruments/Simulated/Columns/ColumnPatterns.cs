using DklActors.Instruments.Simulated.Patterns;
using DklActors.Messages.Geometry;

namespace DklActors.Instruments.Simulated.Columns;

/// <summary>
/// Patterns of a phase object: the bright-field disc, moved and tilted in intensity so that its centre of mass is
/// moved by exactly the deflection that the projected field gives, and diffuse scattering about it.
/// </summary>
internal sealed class ColumnPatterns : PatternSource
{
    // At atomic resolution most of the deflection is a redistribution inside the disc, which hardly moves.
    private const double TiltShare = 0.7;

    // Softness of the edge of the aperture.
    private const double EdgePixels = 0.7;

    // Width of the diffuse scattering in disc radii, and at most of the camera's edge, so that it stays on it.
    private const double HaloPerRadius = 0.6;
    private const double HaloPerEdge = 0.15;

    private readonly ColumnOptions _options;
    private readonly ProjectedPotential _potential;
    private readonly SoftDisc _disc;
    private readonly DiffuseHalo _halo;

    public ColumnPatterns(ColumnOptions options, ProjectedPotential potential)
        : base(options.Grid, options.Camera, options.BeamCurrent)
    {
        _options = options;
        _potential = potential;
        _disc = new SoftDisc(Camera.DiscRadiusPixels, EdgePixels);
        double edge = Math.Min(Camera.Detector.Rows, Camera.Detector.Columns);
        _halo = DiffuseHalo.Gaussian(Math.Min(HaloPerRadius * _disc.Radius, HaloPerEdge * edge));
    }

    /// <summary>Deflection in the scan's axes, mrad: electrons are drawn against the field.</summary>
    public (double Row, double Column) DeflectionAt(ProbePosition place)
    {
        PotentialAt at = _potential.At(
            place.Row * _options.PixelSize.Value, place.Column * _options.PixelSize.Value);
        double milliradPerVolt = -1000 / Camera.Optics.DeflectionVolts;
        return (milliradPerVolt * at.FieldRowVolts, milliradPerVolt * at.FieldColumnVolts);
    }

    /// <summary>Movement of the centre of mass on the camera, px, from where it is without a sample.</summary>
    public (double Row, double Column) ShiftAt(ProbePosition place)
    {
        (double row, double column) = DeflectionAt(place);
        (row, column) = Camera.ToCamera(row, column);
        return (row / Camera.MilliradPerPixel, column / Camera.MilliradPerPixel);
    }

    protected override void Draw(ProbePosition place, double electrons, Span<float> pattern)
    {
        (double centreRow, double centreColumn) = Camera.CentreAt(place, Grid);
        (double row, double column) = ShiftAt(place);
        double length = double.Hypot(row, column);
        double tilt = length > 0 ? Math.Min(TiltShare, _disc.LargestTiltShift / length) : 0;
        int columns = Camera.Detector.Columns;
        _disc.AddTo(
            pattern,
            columns,
            centreRow + ((1 - tilt) * row),
            centreColumn + ((1 - tilt) * column),
            (1 - Camera.Background) * electrons,
            tilt * row,
            tilt * column);
        if (Camera.Background > 0)
        {
            // Diffusely scattered electrons were deflected too: they lie about the disc's centre of mass.
            _halo.AddTo(pattern, columns, centreRow + row, centreColumn + column, Camera.Background * electrons);
        }
    }
}
