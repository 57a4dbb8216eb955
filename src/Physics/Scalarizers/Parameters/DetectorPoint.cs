namespace DklActors.Physics.Scalarizers.Parameters;

/// <summary>A place or a vector on the detector, px; whole numbers are pixel centres.</summary>
public readonly record struct DetectorPoint(double Row, double Column)
{
    public override string ToString() => FormattableString.Invariant($"({Row:G6}, {Column:G6}) px");
}
