namespace DklActors.Instruments.Simulated;

/// <summary>All points within half a width of a straight axis: a rod, or a circle where the axis is a point.</summary>
internal sealed class CapsuleOutline : Outline
{
    private readonly double halfAxis;
    private readonly double radius;

    /// <param name="length">From tip to tip, nm; at least the width.</param>
    /// <param name="width">Diameter, nm.</param>
    public CapsuleOutline(double length, double width)
    {
        radius = width / 2;
        halfAxis = Math.Max(0, (length - width) / 2);
        int circles = 1 + (int)Math.Ceiling(halfAxis / radius * 2);
        Cover = [.. Enumerable.Range(0, circles).Select(i =>
            (circles == 1 ? 0 : -halfAxis + (2 * halfAxis * i / (circles - 1)), 0.0, radius))];
        Corners = halfAxis > 0 ? [(-halfAxis - radius, 0), (halfAxis + radius, 0)] : [];
    }

    public override double Radius => halfAxis + radius;

    public override double Inradius => radius;

    public override IReadOnlyList<(double X, double Y)> Corners { get; }

    public override IReadOnlyList<(double X, double Y, double Radius)> Cover { get; }

    public override double SignedDistance(double x, double y) =>
        double.Hypot(x - Math.Clamp(x, -halfAxis, halfAxis), y) - radius;
}
