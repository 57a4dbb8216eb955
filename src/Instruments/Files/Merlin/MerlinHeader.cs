using System.Globalization;
using System.Text;

namespace DklActors.Instruments.Files.Merlin;

/// <summary>The text before each frame of a Merlin detector.</summary>
/// <param name="Bytes">Its length; the frame follows.</param>
/// <param name="Rows">Pixels of a column.</param>
/// <param name="Columns">Pixels of a row.</param>
/// <param name="Kind">U for numbers of 8, 16 or 32 bits, R for the raw order of the chip.</param>
/// <param name="Bits">Bits of a pixel: of the type where it is U, of the counter where it is R.</param>
/// <param name="Exposure">Seconds of the exposure; null where it is not given.</param>
/// <param name="Fields">All fields.</param>
internal sealed record MerlinHeader(
    int Bytes, int Rows, int Columns, char Kind, int Bits, double? Exposure, IReadOnlyList<string> Fields)
{
    private const int LargestHeader = 16_384;
    private const int MostPixels = 1 << 26;
    private const int LeastFields = 8;

    /// <summary>Bytes of a frame as it is stored.</summary>
    public long FrameBytes => Kind == 'U' ? (long)Rows * Columns * (Bits / 8)
        : Bits == 1 ? (long)Rows * Columns / 8
        : (long)Rows * Columns * (Bits == 6 ? 1 : 2);

    /// <exception cref="DataFileException">No such header, or of a kind that is not read here.</exception>
    public static MerlinHeader Read(DataFile file)
    {
        byte[] start = file.ReadUpTo(0, LargestHeader);
        string[] fields = Split(start);
        if (fields.Length < LeastFields || fields[0] is not ['M', 'Q', ..] || Whole(fields[2]) is not { } bytes
            || bytes is < 64 or > LargestHeader || bytes > start.Length)
        {
            throw Problem(file, "the header of a Merlin frame (MQ1,…) is missing", "check which file it is");
        }

        // What follows the header is no text.
        fields = Split(start.AsSpan(0, bytes));
        if (fields.Length < LeastFields || Whole(fields[4]) is not { } columns || Whole(fields[5]) is not { } rows
            || rows < 1 || columns < 1 || (long)rows * columns > MostPixels || fields[6].Length != 3)
        {
            throw Problem(
                file,
                $"its header does not say how large a frame is ('{string.Join(',', fields.Take(7))}')",
                "the file is damaged, copy it again");
        }

        string type = fields[6].ToUpperInvariant();
        int? bits = type[0] == 'U' ? Whole(type[1..]) : Whole(fields[^1]);
        string layout = fields[7].Trim();
        bool isKnown = (type[0], bits) is ('U', 8 or 16 or 32) or ('R', 1 or 6 or 12);
        if (!isKnown || (type[0] == 'R' && (layout != "1x1" || columns % 64 != 0)))
        {
            throw Problem(
                file,
                $"its frames are of type {type} ({bits} bits) in the layout {layout}, and U08, U16, U32, or R64 of one "
                + "chip with 1, 6 or 12 bits are read",
                "switch the raw mode of the detector off, or convert the file with the maker's software");
        }

        double? exposure = fields.Length > 10 && double.TryParse(
            fields[10].TrimEnd('s', 'm'), NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds)
            ? seconds
            : null;
        return new MerlinHeader(bytes, rows, columns, type[0], bits!.Value, exposure, fields);
    }

    private static string[] Split(ReadOnlySpan<byte> header)
    {
        int end = header.IndexOf((byte)0);
        string text = Encoding.Latin1.GetString(end < 0 ? header : header[..end]);
        return [.. text.Split(',', StringSplitOptions.TrimEntries).Where(static field => field.Length > 0)];
    }

    private static int? Whole(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : null;

    private static DataFileException Problem(DataFile file, string problem, string remedy) =>
        new(file.Path, null, problem, remedy);
}
