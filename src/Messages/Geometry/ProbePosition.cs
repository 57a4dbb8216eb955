namespace DklActors.Messages.Geometry;

/// <summary>A probe position in pixels of the structural image; integers are pixel centres.</summary>
public readonly record struct ProbePosition(double Row, double Column)
{
    /// <summary>The pixel whose centre is nearest (ties go to the even index).</summary>
    public GridPoint NearestPixel => new((int)Math.Round(Row), (int)Math.Round(Column));

    /// <summary>Euclidean distance in px.</summary>
    public double DistanceTo(ProbePosition other) => double.Hypot(Row - other.Row, Column - other.Column);

    public static ProbePosition operator +(ProbePosition place, PixelShift shift) =>
        new(place.Row + shift.Rows, place.Column + shift.Columns);

    public static ProbePosition operator -(ProbePosition place, PixelShift shift) =>
        new(place.Row - shift.Rows, place.Column - shift.Columns);

    /// <summary>The way from one place to another.</summary>
    public static PixelShift operator -(ProbePosition to, ProbePosition from) =>
        new(to.Row - from.Row, to.Column - from.Column);

    public override string ToString() => FormattableString.Invariant($"({Row:F2}, {Column:F2})");
}
