namespace DklActors.Messages.Geometry;

/// <summary>
/// A square window of the structural image around a pixel. An odd size is centred; an even one reaches one pixel
/// further up and left (rows r − size/2 … r + size/2 − 1), as in the published patch data sets.
/// </summary>
public readonly record struct PatchWindow(int Size)
{
    public int PixelCount => Size * Size;

    public GridPoint UpperLeftOf(GridPoint centre) => new(centre.Row - (Size / 2), centre.Column - (Size / 2));

    /// <summary>Whether the whole patch lies inside the image.</summary>
    public bool Fits(GridPoint centre, GridShape image)
    {
        GridPoint corner = UpperLeftOf(centre);
        return corner.Row >= 0 && corner.Column >= 0
            && corner.Row + Size <= image.Rows && corner.Column + Size <= image.Columns;
    }

    public override string ToString() => $"{Size}×{Size} px";
}
