using System.Buffers.Binary;
using System.Text;

namespace DklActors.Instruments.Files.Tiff;

/// <summary>The tags of one page.</summary>
internal sealed class TiffDirectory
{
    private readonly TiffReader _reader;
    private readonly Dictionary<int, (int Type, long Count, long Offset)> _entries;

    public TiffDirectory(TiffReader reader, Dictionary<int, (int Type, long Count, long Offset)> entries)
    {
        _reader = reader;
        _entries = entries;
    }

    public bool Has(int tag) => _entries.ContainsKey(tag);

    /// <summary>The first number of a tag.</summary>
    public double Number(int tag, double otherwise) => Numbers(tag, 1) is [var first, ..] ? first : otherwise;

    /// <exception cref="DataFileException">It is no length of anything.</exception>
    public int Length(int tag, int? otherwise = null)
    {
        double value = Number(tag, otherwise ?? -1);
        return value is >= 1 and <= int.MaxValue
            ? (int)value
            : throw _reader.Damage($"tag {tag} is {value}, and a positive length is expected");
    }

    /// <summary>The numbers of a tag, at most as many as asked for; empty where there is none.</summary>
    public double[] Numbers(int tag, int most)
    {
        if (!_entries.TryGetValue(tag, out var entry) || TiffReader.SizeOf(entry.Type) is not { } size)
        {
            return [];
        }

        int count = (int)Math.Min(entry.Count, most);
        byte[] bytes = _reader.File.Read(entry.Offset, (long)count * size);
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++)
        {
            numbers[i] = _reader.NumberOf(entry.Type, bytes.AsSpan(i * size, size));
        }

        return numbers;
    }

    /// <summary>The text of a tag; empty where there is none.</summary>
    public string Text(int tag)
    {
        const int LongestText = 1 << 16;
        if (!_entries.TryGetValue(tag, out var entry) || entry.Type is not (1 or 2 or 7))
        {
            return "";
        }

        byte[] bytes = _reader.File.Read(entry.Offset, Math.Min(entry.Count, LongestText));
        int end = Array.IndexOf(bytes, (byte)0);
        bytes = end < 0 ? bytes : bytes[..end];
        // ASCII by the standard; what is beyond is Latin-1 in some files and UTF-8 in others.
        string text = Encoding.UTF8.GetString(bytes);
        return text.Contains('\uFFFD', StringComparison.Ordinal) ? Encoding.Latin1.GetString(bytes) : text;
    }
}
