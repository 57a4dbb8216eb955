namespace DklActors.Messages.Geometry;

/// <summary>Rows and columns of a scan grid or image; row-major order.</summary>
public readonly record struct GridShape(int Rows, int Columns)
{
    public int Count => Rows * Columns;

    public bool Contains(GridPoint point) =>
        (uint)point.Row < (uint)Rows && (uint)point.Column < (uint)Columns;

    /// <summary>Row-major index of a point inside the grid.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The point lies outside the grid.</exception>
    public int IndexOf(GridPoint point) => Contains(point)
        ? (point.Row * Columns) + point.Column
        : throw new ArgumentOutOfRangeException(nameof(point), $"{point} lies outside the grid of {this}.");

    public GridPoint PointAt(int index) => new(index / Columns, index % Columns);

    public override string ToString() => $"{Rows}×{Columns} px";
}
