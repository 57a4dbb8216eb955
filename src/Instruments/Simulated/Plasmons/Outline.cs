namespace DklActors.Instruments.Simulated.Plasmons;

/// <summary>An outline in its own frame (nm, origin at its centre).</summary>
internal abstract class Outline
{
    /// <summary>Radius of the circle about the origin that holds the outline, nm.</summary>
    public abstract double Radius { get; }

    /// <summary>Depth of the deepest point inside, nm.</summary>
    public abstract double Inradius { get; }

    /// <summary>Corners or tips, on the outline; none for a circle.</summary>
    public abstract IReadOnlyList<(double X, double Y)> Corners { get; }

    /// <summary>Circles that together cover the outline, to test for overlap.</summary>
    public abstract IReadOnlyList<(double X, double Y, double Radius)> Cover { get; }

    /// <summary>Distance to the outline in nm, negative inside.</summary>
    public abstract double SignedDistance(double x, double y);
}
