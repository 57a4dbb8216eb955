namespace DklActors.Messages.Geometry;

/// <summary>From one grid point to another: rows down, columns to the right.</summary>
public readonly record struct GridOffset(int Rows, int Columns)
{
    public GridPoint From(GridPoint point) => new(point.Row + Rows, point.Column + Columns);

    public override string ToString() => $"({Rows:+0;-0;0}, {Columns:+0;-0;0})";
}
