namespace DklActors.Instruments.Simulated.Plasmons;

/// <summary>All points within half a width of a straight axis: a rod, or a circle where the axis is a point.</summary>
internal sealed class CapsuleOutline : Outline
{
    private readonly double _halfAxis;
    private readonly double _radius;

    /// <param name="length">From tip to tip, nm; at least the width.</param>
    /// <param name="width">Diameter, nm.</param>
    public CapsuleOutline(double length, double width)
    {
        _radius = width / 2;
        _halfAxis = Math.Max(0, (length - width) / 2);
        int circles = 1 + (int)Math.Ceiling(_halfAxis / _radius * 2);
        Cover = [.. Enumerable.Range(0, circles).Select(i =>
            (circles == 1 ? 0 : -_halfAxis + (2 * _halfAxis * i / (circles - 1)), 0.0, _radius))];
        Corners = _halfAxis > 0 ? [(-_halfAxis - _radius, 0), (_halfAxis + _radius, 0)] : [];
    }

    public override double Radius => _halfAxis + _radius;

    public override double Inradius => _radius;

    public override IReadOnlyList<(double X, double Y)> Corners { get; }

    public override IReadOnlyList<(double X, double Y, double Radius)> Cover { get; }

    public override double SignedDistance(double x, double y) =>
        double.Hypot(x - Math.Clamp(x, -_halfAxis, _halfAxis), y) - _radius;
}
