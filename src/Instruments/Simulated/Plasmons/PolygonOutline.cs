namespace DklActors.Instruments.Simulated.Plasmons;

/// <summary>A regular polygon with rounded corners.</summary>
/// <remarks>It holds the points within the rounding radius of a smaller sharp polygon: distances are exact.</remarks>
internal sealed class PolygonOutline : Outline
{
    private readonly double _rounding;
    private readonly (double X, double Y)[] _vertices;
    private readonly double _innerInradius;

    /// <param name="sides">Number of sides, at least 3.</param>
    /// <param name="edge">Length of a side of the sharp polygon, nm.</param>
    /// <param name="rounding">Radius of the corners, nm; less than the inradius.</param>
    public PolygonOutline(int sides, double edge, double rounding)
    {
        _rounding = rounding;
        double halfAngle = Math.PI / sides;
        _innerInradius = (edge / (2 * Math.Tan(halfAngle))) - rounding;
        double innerRadius = _innerInradius / Math.Cos(halfAngle);
        _vertices = [.. Enumerable.Range(0, sides).Select(i => OnCircle(innerRadius, ((2 * i) + 1) * halfAngle))];
        Radius = innerRadius + rounding;
        Corners = [.. Enumerable.Range(0, sides).Select(i => OnCircle(Radius, ((2 * i) + 1) * halfAngle))];
        Cover = [(0, 0, Radius)];
    }

    public override double Radius { get; }

    public override double Inradius => _innerInradius + _rounding;

    public override IReadOnlyList<(double X, double Y)> Corners { get; }

    public override IReadOnlyList<(double X, double Y, double Radius)> Cover { get; }

    public override double SignedDistance(double x, double y)
    {
        double nearest = double.PositiveInfinity;
        bool inside = true;
        for (int i = 0; i < _vertices.Length; i++)
        {
            (double ax, double ay) = _vertices[i];
            (double bx, double by) = _vertices[(i + 1) % _vertices.Length];
            (double ex, double ey) = (bx - ax, by - ay);
            (double px, double py) = (x - ax, y - ay);
            double along = Math.Clamp(((px * ex) + (py * ey)) / ((ex * ex) + (ey * ey)), 0, 1);
            nearest = Math.Min(nearest, double.Hypot(px - (along * ex), py - (along * ey)));
            // Vertices run counter-clockwise, so the inside is to the left of every side.
            inside &= (ex * py) - (ey * px) >= 0;
        }

        return (inside ? -nearest : nearest) - _rounding;
    }

    private static (double X, double Y) OnCircle(double radius, double angle) =>
        (radius * Math.Cos(angle), radius * Math.Sin(angle));
}
