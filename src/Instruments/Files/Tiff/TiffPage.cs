using DklActors.Instruments.Files.Elements;

namespace DklActors.Instruments.Files.Tiff;

/// <summary>One page of a TIFF file: its size, its type, and where its pixels lie.</summary>
internal sealed class TiffPage
{
    private const int MostPieces = 1 << 22;
    private const long LargestPiece = 256L << 20;

    // Deflate yields at most 1,032 bytes for one, LZW and PackBits fewer.
    private const long LargestRatio = 2100;

    private TiffPage(TiffDirectory directory, int rows, int columns, ElementType type, ElementStore store)
    {
        (Directory, Rows, Columns, Type, Store) = (directory, rows, columns, type, store);
    }

    public TiffDirectory Directory { get; }

    public int Rows { get; }

    public int Columns { get; }

    public ElementType Type { get; }

    public ElementStore Store { get; }

    /// <summary>Offset of the pixels where they lie in one piece, as they are; else null.</summary>
    public long? PlainOffset { get; private init; }

    public static TiffPage Read(TiffReader reader, TiffDirectory page)
    {
        (int rows, int columns) = (page.Length(TiffTag.Height), page.Length(TiffTag.Width));
        ElementType type = TypeOf(reader, page);
        TiffCompression compression = TiffCompressions.Of(reader, (int)page.Number(TiffTag.Compression, 1));
        int predictor = (int)page.Number(TiffTag.Predictor, 1);
        if (predictor is not (1 or 2) || (predictor == 2 && type.Kind == 'f'))
        {
            throw Unread(reader, $"its pixels are predicted in way {predictor}");
        }

        bool isTiled = page.Has(TiffTag.TileOffsets);
        int pieceRows = isTiled ? page.Length(TiffTag.TileLength)
            : Math.Min(page.Length(TiffTag.RowsPerStrip, rows), rows);
        int pieceColumns = isTiled ? page.Length(TiffTag.TileWidth) : columns;
        long across = ((long)columns + pieceColumns - 1) / pieceColumns;
        long down = ((long)rows + pieceRows - 1) / pieceRows;
        if (across * down > MostPieces || (double)pieceRows * pieceColumns * across * type.Size > LargestPiece)
        {
            throw reader.Damage($"{across * down} pieces of {pieceRows} × {pieceColumns} pixels are announced");
        }

        int count = (int)(across * down);
        double[] offsets = page.Numbers(isTiled ? TiffTag.TileOffsets : TiffTag.StripOffsets, count);
        double[] bytes = page.Numbers(isTiled ? TiffTag.TileByteCounts : TiffTag.StripByteCounts, count);
        bytes = bytes.Length == 0 && count == 1 && compression == TiffCompression.None
            ? [(double)rows * columns * type.Size]
            : bytes;
        double total = (double)rows * columns * type.Size;
        if (offsets.Length != count || bytes.Length != count
            || offsets.Where((offset, i) => offset + bytes[i] > reader.File.Length).Any()
            || total > bytes.Sum() * (compression == TiffCompression.None ? 1 : LargestRatio))
        {
            throw reader.Damage(
                $"{rows} × {columns} pixels of {type.Size} bytes in {count} pieces do not fit the file of "
                + $"{reader.File.Length} bytes");
        }

        bool isPlain = compression == TiffCompression.None && predictor == 1 && !isTiled
            && !offsets.Where((offset, i) =>
                offset != offsets[0] + (i * (double)pieceRows * columns * type.Size)).Any();
        if (isPlain)
        {
            return new TiffPage(page, rows, columns, type, new FileElements(reader.File, (long)offsets[0], type.Size))
            {
                PlainOffset = (long)offsets[0],
            };
        }

        var pieces = new TiffPieces(rows, columns, pieceRows, pieceColumns, offsets, bytes, isTiled);
        return new TiffPage(
            page, rows, columns, type, new TiffElements(reader, type, pieces, compression, predictor == 2));
    }

    private static ElementType TypeOf(TiffReader reader, TiffDirectory page)
    {
        if (page.Number(TiffTag.SamplesPerPixel, 1) != 1)
        {
            throw Unread(reader, "its pixels are colours");
        }

        (double bits, double format) = (page.Number(TiffTag.BitsPerSample, 1), page.Number(TiffTag.SampleFormat, 1));
        return (bits, format) switch
        {
            (8 or 16 or 32 or 64, 1) => new ElementType('u', (int)bits / 8, reader.IsBigEndian),
            (8 or 16 or 32 or 64, 2) => new ElementType('i', (int)bits / 8, reader.IsBigEndian),
            (16 or 32 or 64, 3) => new ElementType('f', (int)bits / 8, reader.IsBigEndian),
            _ => throw Unread(reader, $"its pixels have {bits} bits in format {format}"),
        };
    }

    private static DataFileException Unread(TiffReader reader, string problem) => new(
        reader.File.Path, null, $"{problem}, and grey values of 8 to 64 bits are read",
        "save it as a grey image without a predictor for floats");
}
