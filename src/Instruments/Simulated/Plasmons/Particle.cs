namespace DklActors.Instruments.Simulated.Plasmons;

/// <summary>One nanoparticle on the substrate: where it is, how thick, and what it can be excited to.</summary>
public sealed class Particle
{
    private readonly Outline _outline;
    private readonly double _cosine;
    private readonly double _sine;

    /// <param name="shape">Outline.</param>
    /// <param name="rowNanometres">Centre, downwards from the upper left pixel's centre.</param>
    /// <param name="columnNanometres">Centre, to the right of the upper left pixel's centre.</param>
    /// <param name="rotationRadians">Rotation of the outline.</param>
    /// <param name="widthNanometres">Diameter of a ball, edge of cube and triangle, diameter of a rod.</param>
    /// <param name="lengthNanometres">A rod from tip to tip; the width otherwise.</param>
    internal Particle(
        ParticleShape shape,
        double rowNanometres,
        double columnNanometres,
        double rotationRadians,
        double widthNanometres,
        double lengthNanometres)
    {
        Shape = shape;
        RowNanometres = rowNanometres;
        ColumnNanometres = columnNanometres;
        WidthNanometres = widthNanometres;
        LengthNanometres = lengthNanometres;
        _cosine = Math.Cos(rotationRadians);
        _sine = Math.Sin(rotationRadians);
        _outline = shape switch
        {
            ParticleShape.Cube => new PolygonOutline(4, widthNanometres, 0.12 * widthNanometres),
            ParticleShape.Triangle => new PolygonOutline(3, widthNanometres, 0.07 * widthNanometres),
            _ => new CapsuleOutline(lengthNanometres, widthNanometres),
        };
        Modes = SilverModes.Of(shape, widthNanometres, lengthNanometres);
    }

    public ParticleShape Shape { get; }

    public double RowNanometres { get; }

    public double ColumnNanometres { get; }

    public double WidthNanometres { get; }

    public double LengthNanometres { get; }

    public IReadOnlyList<PlasmonMode> Modes { get; }

    /// <summary>Radius of the circle about the centre that holds the particle.</summary>
    public double RadiusNanometres => _outline.Radius;

    /// <summary>Corners and tips as (row, column) in nm.</summary>
    public IReadOnlyList<(double Row, double Column)> Corners =>
        [.. _outline.Corners.Select(corner => ToSample(corner.X, corner.Y))];

    /// <summary>Distance from the outline in nm, negative inside.</summary>
    public double SignedDistance(double rowNanometres, double columnNanometres)
    {
        (double x, double y) = ToOwn(rowNanometres, columnNanometres);
        return _outline.SignedDistance(x, y);
    }

    /// <summary>Path of the beam through the particle, nm.</summary>
    public double Thickness(double rowNanometres, double columnNanometres)
    {
        double depth = -SignedDistance(rowNanometres, columnNanometres);
        if (depth <= 0)
        {
            return 0;
        }

        switch (Shape)
        {
            case ParticleShape.Sphere or ParticleShape.Rod:
                // A chord at the distance radius − depth from the middle.
                return 2 * Math.Sqrt(depth * ((2 * _outline.Inradius) - depth));

            case ParticleShape.Cube:
                return WidthNanometres * Bevel(depth, 0.08 * WidthNanometres);

            default:
                return 0.45 * WidthNanometres * Bevel(depth, 0.10 * WidthNanometres);
        }
    }

    /// <summary>How strongly the beam excites modes of a kind here, 0 to 1.</summary>
    public double Excitation(PlasmonKind kind, double rowNanometres, double columnNanometres)
    {
        (double x, double y) = ToOwn(rowNanometres, columnNanometres);
        double distance = _outline.SignedDistance(x, y);
        return kind switch
        {
            PlasmonKind.Bulk => Thickness(rowNanometres, columnNanometres) / SilverModes.BulkMeanFreePathNanometres,
            PlasmonKind.Edge => Evanescent(distance) * (1 - (0.75 * AtCorners(x, y))),
            _ => Evanescent(distance) * AtCorners(x, y),
        };
    }

    /// <summary>Whether two particles come closer to each other than a gap.</summary>
    internal bool IsWithin(double gapNanometres, Particle other)
    {
        foreach ((double x, double y, double radius) in _outline.Cover)
        {
            (double row, double column) = ToSample(x, y);
            foreach ((double otherX, double otherY, double otherRadius) in other._outline.Cover)
            {
                (double otherRow, double otherColumn) = other.ToSample(otherX, otherY);
                if (double.Hypot(row - otherRow, column - otherColumn) < radius + otherRadius + gapNanometres)
                {
                    return true;
                }
            }
        }

        return false;
    }

    // The field decays slowly into vacuum and fast into the metal.
    private static double Evanescent(double distance) => distance >= 0
        ? Math.Exp(-distance / SilverModes.DecayOutsideNanometres)
        : Math.Exp(distance / SilverModes.DecayInsideNanometres);

    private static double Bevel(double depth, double width) => depth >= width ? 1 : Math.Sqrt(depth / width);

    private double AtCorners(double x, double y)
    {
        double extent = (0.18 * WidthNanometres) + 3;
        double sum = 0;
        foreach ((double cornerX, double cornerY) in _outline.Corners)
        {
            double distance = double.Hypot(x - cornerX, y - cornerY) / extent;
            sum += Math.Exp(-0.5 * distance * distance);
        }

        return Math.Min(sum, 1);
    }

    private (double X, double Y) ToOwn(double row, double column)
    {
        (double dx, double dy) = (column - ColumnNanometres, row - RowNanometres);
        return ((_cosine * dx) + (_sine * dy), (_cosine * dy) - (_sine * dx));
    }

    private (double Row, double Column) ToSample(double x, double y) =>
        (RowNanometres + (_sine * x) + (_cosine * y), ColumnNanometres + (_cosine * x) - (_sine * y));
}
