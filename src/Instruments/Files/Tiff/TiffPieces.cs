namespace DklActors.Instruments.Files.Tiff;

/// <summary>Strips or tiles of a page.</summary>
/// <param name="Rows">Rows of the page.</param>
/// <param name="Columns">Columns of the page.</param>
/// <param name="PieceRows">Rows of a piece; the last strip has fewer, the last tile is padded.</param>
/// <param name="PieceColumns">Columns of a piece.</param>
/// <param name="Offsets">Where they begin.</param>
/// <param name="Bytes">Their lengths as stored.</param>
/// <param name="AreTiles">Whether all are of the same size.</param>
internal sealed record TiffPieces(
    int Rows, int Columns, int PieceRows, int PieceColumns, double[] Offsets, double[] Bytes, bool AreTiles)
{
    public int Across => (int)(((long)Columns + PieceColumns - 1) / PieceColumns);
}
