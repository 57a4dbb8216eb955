namespace DklActors.Messages.Geometry;

/// <summary>How far something moved, in px of the structural image: positive towards larger rows and columns.</summary>
public readonly record struct PixelShift(double Rows, double Columns)
{
    public static PixelShift None => default;

    /// <summary>Euclidean length in px.</summary>
    public double Length => double.Hypot(Rows, Columns);

    public bool IsFinite => double.IsFinite(Rows) && double.IsFinite(Columns);

    public static PixelShift operator +(PixelShift left, PixelShift right) =>
        new(left.Rows + right.Rows, left.Columns + right.Columns);

    public static PixelShift operator -(PixelShift left, PixelShift right) =>
        new(left.Rows - right.Rows, left.Columns - right.Columns);

    public static PixelShift operator *(double factor, PixelShift shift) =>
        new(factor * shift.Rows, factor * shift.Columns);

    public override string ToString() => FormattableString.Invariant($"({Rows:+0.00;-0.00}, {Columns:+0.00;-0.00}) px");
}
