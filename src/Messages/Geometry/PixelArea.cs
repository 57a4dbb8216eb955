namespace DklActors.Messages.Geometry;

/// <summary>
/// A rectangle of pixels of the structural image: from its first row and column to before its end ones. Stored as
/// <c>{"rows":[first,end],"columns":[first,end]}</c>.
/// </summary>
public readonly record struct PixelArea(int FirstRow, int EndRow, int FirstColumn, int EndColumn)
{
    public bool IsEmpty => EndRow <= FirstRow || EndColumn <= FirstColumn;

    public bool Contains(GridPoint point) =>
        point.Row >= FirstRow && point.Row < EndRow && point.Column >= FirstColumn && point.Column < EndColumn;

    public override string ToString() => $"rows {FirstRow} to {EndRow - 1}, columns {FirstColumn} to {EndColumn - 1}";
}
