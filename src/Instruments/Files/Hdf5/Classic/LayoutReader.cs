namespace DklActors.Instruments.Files.Hdf5.Classic;

/// <summary>How the elements of a dataset are laid out.</summary>
internal enum LayoutKind
{
    Compact,
    Contiguous,
    Chunked,
    Other,
}

/// <summary>A layout, as far as it is read here.</summary>
/// <param name="Kind">How the elements lie.</param>
/// <param name="Address">Where they, or the tree of chunks, begin.</param>
internal sealed record Layout(LayoutKind Kind, long Address = -1)
{
    public byte[] Compact { get; init; } = [];

    public int[] Chunk { get; init; } = [];

    public string? Problem { get; init; }
}

/// <summary>Reads layout messages of versions 1 to 4.</summary>
internal static class LayoutReader
{
    private const int MostDimensions = 33;

    public static Layout Read(Hdf5Bytes file, ReadOnlySpan<byte> message)
    {
        var cursor = new Hdf5Cursor(file, message);
        int version = cursor.Byte();
        if (version is 1 or 2)
        {
            return ReadOld(file, ref cursor);
        }

        if (version is not (3 or 4))
        {
            throw file.Damage($"a data layout has version {version}");
        }

        int kind = cursor.Byte();
        switch (kind)
        {
            case 0:
                return new Layout(LayoutKind.Compact) { Compact = cursor.Take(cursor.Word()).ToArray() };
            case 1:
                return new Layout(LayoutKind.Contiguous, cursor.Address());
            case 2 when version == 3:
                int rank = RankOf(file, cursor.Byte());
                long address = cursor.Address();
                return new Layout(LayoutKind.Chunked, address) { Chunk = ReadChunk(file, ref cursor, rank) };
            case 2:
                return new Layout(LayoutKind.Other) { Problem = "indexed in a way newer than is read here" };
            default:
                return new Layout(LayoutKind.Other) { Problem = "put together from other files" };
        }
    }

    private static Layout ReadOld(Hdf5Bytes file, ref Hdf5Cursor cursor)
    {
        int rank = RankOf(file, cursor.Byte());
        int kind = cursor.Byte();
        cursor.Skip(5);
        long address = kind == 0 ? -1 : cursor.Address();
        int[] lengths = kind == 2 ? ReadChunk(file, ref cursor, rank) : [];
        if (kind == 0)
        {
            cursor.Skip(4L * rank);
            return new Layout(LayoutKind.Compact) { Compact = cursor.Take(cursor.DoubleWord()).ToArray() };
        }

        return kind == 2
            ? new Layout(LayoutKind.Chunked, address) { Chunk = lengths }
            : new Layout(LayoutKind.Contiguous, address);
    }

    // The last length is that of an element.
    private static int[] ReadChunk(Hdf5Bytes file, ref Hdf5Cursor cursor, int rank)
    {
        int[] lengths = new int[Math.Max(rank - 1, 0)];
        for (int i = 0; i < lengths.Length; i++)
        {
            uint length = cursor.DoubleWord();
            lengths[i] = length is >= 1 and <= int.MaxValue
                ? (int)length
                : throw file.Damage($"a chunk has length {length}");
        }

        return lengths;
    }

    private static int RankOf(Hdf5Bytes file, int rank) => rank <= MostDimensions
        ? rank
        : throw file.Damage($"a data layout has {rank} dimensions");
}
