using DklActors.Messages.Geometry;

namespace DklActors.Instruments.Simulated.Patterns;

/// <summary>A diffraction camera and the beam that it looks at.</summary>
public sealed record PatternOptions
{
    /// <summary>Pixels of the camera.</summary>
    public GridShape Detector { get; init; } = new(128, 128);

    /// <summary>Angle that one camera pixel spans, mrad.</summary>
    public double MilliradPerPixel { get; init; } = 0.5;

    /// <summary>Convergence semi-angle, mrad: radius of a disc.</summary>
    public double ConvergenceMillirad { get; init; } = 20;

    public double Kilovolts { get; init; } = 200;

    /// <summary>Standard deviation of the camera's point spread, camera pixels.</summary>
    public double PointSpreadPixels { get; init; } = 0.6;

    /// <summary>Share of the electrons in a diffuse background.</summary>
    public double Background { get; init; } = 0.05;

    /// <summary>How far patterns move along camera rows from the first row of the scan to the last, px.</summary>
    public double DescanRowPixels { get; init; }

    /// <summary>How far patterns move along camera columns from the first column of the scan to the last, px.</summary>
    public double DescanColumnPixels { get; init; }

    /// <summary>Angle from the scan's axes to the camera's, degrees, from columns towards rows.</summary>
    public double ScanRotationDegrees { get; init; }

    /// <summary>Radius of a disc, camera pixels.</summary>
    public double DiscRadiusPixels => ConvergenceMillirad / MilliradPerPixel;

    internal ElectronOptics Optics => new(Kilovolts);

    /// <summary>What is wrong with the options; null when nothing is.</summary>
    internal string? Problem => this switch
    {
        { Detector: { Rows: < 16 or > 1024 } or { Columns: < 16 or > 1024 } } =>
            $"a camera of {Detector} is not simulated; use 16 px to 1024 px a side",
        _ when !(MilliradPerPixel > 0 && double.IsFinite(MilliradPerPixel)) =>
            $"{MilliradPerPixel} mrad a pixel make no sense; give a positive number",
        _ when !(Kilovolts is >= 10 and <= 1500) =>
            $"an accelerating voltage of {Kilovolts} kV is not simulated; give 10 to 1500",
        _ when !(DiscRadiusPixels >= 1.5 && DiscRadiusPixels <= 0.5 * Math.Min(Detector.Rows, Detector.Columns)) =>
            $"discs of {DiscRadiusPixels:G3} px radius do not fit a camera of {Detector}; choose convergence angle and "
            + "diffraction pixel so that the radius is 1.5 px to half the camera",
        _ when !(PointSpreadPixels is >= 0 and <= 8) =>
            $"a point spread of {PointSpreadPixels} px is not simulated; give 0 to 8",
        _ when !(Background is >= 0 and <= 0.9) => $"a background of {Background} makes no sense; give 0 to 0.9",
        _ when !double.IsFinite(DescanRowPixels + DescanColumnPixels + ScanRotationDegrees) =>
            "descan and scan rotation must be numbers",
        _ => null,
    };

    /// <summary>Centre of the pattern for a probe place: row and column of the camera.</summary>
    internal (double Row, double Column) CentreAt(ProbePosition place, GridShape grid) => (
        ((Detector.Rows - 1) / 2.0)
            + (DescanRowPixels * ((place.Row / Math.Max(grid.Rows - 1, 1)) - 0.5)),
        ((Detector.Columns - 1) / 2.0)
            + (DescanColumnPixels * ((place.Column / Math.Max(grid.Columns - 1, 1)) - 0.5)));

    /// <summary>A vector in the scan's axes (rows, columns) as the camera sees it.</summary>
    public (double Row, double Column) ToCamera(double row, double column)
    {
        (double sine, double cosine) = Math.SinCos(ScanRotationDegrees * Math.PI / 180);
        return ((cosine * row) + (sine * column), (cosine * column) - (sine * row));
    }
}
