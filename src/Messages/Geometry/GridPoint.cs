namespace DklActors.Messages.Geometry;

/// <summary>A pixel of the structural image (row, column), counted from the upper left.</summary>
public readonly record struct GridPoint(int Row, int Column)
{
    public ProbePosition Centre => new(Row, Column);

    public override string ToString() => $"({Row}, {Column})";
}
