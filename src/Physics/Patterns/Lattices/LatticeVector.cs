namespace DklActors.Physics.Patterns.Lattices;

/// <summary>A vector on the detector in px: x along columns to the right, y along rows downwards.</summary>
public readonly record struct LatticeVector(double X, double Y)
{
    public double Length => double.Hypot(X, Y);

    /// <summary>Direction in degrees, −180 … 180, from x to y: clockwise on the screen.</summary>
    public double AngleDegrees => double.RadiansToDegrees(Math.Atan2(Y, X));

    public double Dot(LatticeVector other) => (X * other.X) + (Y * other.Y);

    /// <summary>X·y − Y·x: positive where the other lies clockwise on the screen.</summary>
    public double Cross(LatticeVector other) => (X * other.Y) - (Y * other.X);

    public override string ToString() => FormattableString.Invariant($"({X:F3}, {Y:F3})");

    public static LatticeVector operator +(LatticeVector left, LatticeVector right) =>
        new(left.X + right.X, left.Y + right.Y);

    public static LatticeVector operator -(LatticeVector left, LatticeVector right) =>
        new(left.X - right.X, left.Y - right.Y);

    public static LatticeVector operator *(double factor, LatticeVector vector) =>
        new(factor * vector.X, factor * vector.Y);
}
