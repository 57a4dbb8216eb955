namespace DklActors.Physics.Patterns.Masks;

/// <summary>A place on the detector in px; integers are pixel centres, counted from the upper left.</summary>
public readonly record struct PatternPoint(double Row, double Column)
{
    public double DistanceTo(PatternPoint other) => double.Hypot(Row - other.Row, Column - other.Column);

    public override string ToString() => FormattableString.Invariant($"({Row:F3}, {Column:F3}) px");
}
