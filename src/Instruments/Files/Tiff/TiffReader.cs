using System.Buffers.Binary;

namespace DklActors.Instruments.Files.Tiff;

/// <summary>Reads the directories of a TIFF file (revision 6.0), or of a BigTIFF, in both byte orders.</summary>
internal sealed class TiffReader
{
    private const int MostPages = 1_000_000;
    private const int MostEntries = 4096;

    private readonly bool _isBig;

    public TiffReader(DataFile file)
    {
        File = file;
        byte[] head = file.Read(0, 16L <= file.Length ? 16 : 8);
        IsBigEndian = head[0] == 'M';
        int mark = IsBigEndian
            ? BinaryPrimitives.ReadUInt16BigEndian(head.AsSpan(2))
            : BinaryPrimitives.ReadUInt16LittleEndian(head.AsSpan(2));
        if (head[0] != head[1] || head[0] is not ((byte)'I' or (byte)'M') || mark is not (42 or 43))
        {
            throw new DataFileException(
                file.Path, null, "this is no TIFF file (it begins with neither II nor MM and the number 42)",
                "check which file it is");
        }

        _isBig = mark == 43;
        if (_isBig && head.Length < 16)
        {
            throw Damage("the header ends too early");
        }

        First = _isBig ? Offset(head.AsSpan(8), 8) : Offset(head.AsSpan(4), 4);
    }

    public DataFile File { get; }

    public bool IsBigEndian { get; }

    private long First { get; }

    /// <summary>Bytes of a value; null where the type is not known.</summary>
    public static int? SizeOf(int type) => type switch
    {
        1 or 2 or 6 or 7 => 1,
        3 or 8 => 2,
        4 or 9 or 11 or 13 => 4,
        5 or 10 or 12 or 16 or 17 or 18 => 8,
        _ => null,
    };

    public List<TiffDirectory> ReadDirectories()
    {
        List<TiffDirectory> pages = [];
        HashSet<long> seen = [];
        for (long offset = First; offset != 0 && seen.Add(offset) && pages.Count < MostPages;)
        {
            (TiffDirectory page, offset) = ReadDirectory(offset);
            pages.Add(page);
        }

        return pages;
    }

    public double NumberOf(int type, ReadOnlySpan<byte> bytes) => type switch
    {
        1 or 2 or 7 => bytes[0],
        6 => (sbyte)bytes[0],
        3 => new ElementType('u', 2, IsBigEndian).Read(bytes),
        8 => new ElementType('i', 2, IsBigEndian).Read(bytes),
        4 or 13 => new ElementType('u', 4, IsBigEndian).Read(bytes),
        9 => new ElementType('i', 4, IsBigEndian).Read(bytes),
        5 => new ElementType('u', 4, IsBigEndian).Read(bytes) / new ElementType('u', 4, IsBigEndian).Read(bytes[4..]),
        10 => new ElementType('i', 4, IsBigEndian).Read(bytes) / new ElementType('i', 4, IsBigEndian).Read(bytes[4..]),
        11 => new ElementType('f', 4, IsBigEndian).Read(bytes),
        12 => new ElementType('f', 8, IsBigEndian).Read(bytes),
        _ => new ElementType('u', 8, IsBigEndian).Read(bytes),
    };

    public DataFileException Damage(string problem) =>
        new(File.Path, null, problem, "the file is truncated or damaged, copy or save it again");

    private (TiffDirectory Page, long Next) ReadDirectory(long offset)
    {
        int countBytes = _isBig ? 8 : 2;
        int entryBytes = _isBig ? 20 : 12;
        int valueBytes = _isBig ? 8 : 4;
        long count = Offset(File.Read(offset, countBytes), countBytes);
        if (count is < 1 or > MostEntries)
        {
            throw Damage($"the directory at byte {offset} claims {count} entries");
        }

        byte[] bytes = File.Read(offset + countBytes, (count * entryBytes) + valueBytes);
        Dictionary<int, (int, long, long)> entries = [];
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> entry = bytes.AsSpan(i * entryBytes, entryBytes);
            int type = (int)Offset(entry[2..], 2);
            long number = Offset(entry[4..], valueBytes);
            bool isInline = SizeOf(type) is { } size && number >= 0 && number <= valueBytes / size;
            long at = isInline
                ? offset + countBytes + ((long)i * entryBytes) + entryBytes - valueBytes
                : Offset(entry[(entryBytes - valueBytes)..], valueBytes);
            entries.TryAdd((int)Offset(entry, 2), (type, number, at));
        }

        return (new TiffDirectory(this, entries), Offset(bytes.AsSpan(bytes.Length - valueBytes), valueBytes));
    }

    private long Offset(ReadOnlySpan<byte> bytes, int size)
    {
        long value = (size, IsBigEndian) switch
        {
            (2, true) => BinaryPrimitives.ReadUInt16BigEndian(bytes),
            (2, false) => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
            (4, true) => BinaryPrimitives.ReadUInt32BigEndian(bytes),
            (4, false) => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
            (_, true) => BinaryPrimitives.ReadInt64BigEndian(bytes),
            _ => BinaryPrimitives.ReadInt64LittleEndian(bytes),
        };
        return value >= 0 ? value : throw Damage($"an offset is {(ulong)value}");
    }
}
