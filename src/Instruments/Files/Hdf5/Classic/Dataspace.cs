namespace DklActors.Instruments.Files.Hdf5.Classic;

/// <summary>Reads the lengths of dimensions.</summary>
internal static class Dataspace
{
    private const int MostDimensions = 32;
    private const int NullSpace = 2;

    /// <summary>Lengths, slowest first, empty for one element; null where there is no element at all.</summary>
    public static IReadOnlyList<long>? Read(Hdf5Bytes file, ReadOnlySpan<byte> message)
    {
        var cursor = new Hdf5Cursor(file, message);
        int version = cursor.Byte();
        int rank = cursor.Byte();
        cursor.Skip(1);
        if (version is not (1 or 2) || rank > MostDimensions)
        {
            throw file.Damage($"a dataspace has version {version} and {rank} dimensions");
        }

        int kind = cursor.Byte();
        if (version == 1)
        {
            cursor.Skip(4);
        }
        else if (kind == NullSpace)
        {
            return null;
        }

        long[] lengths = new long[rank];
        for (int i = 0; i < rank; i++)
        {
            lengths[i] = cursor.Length();
            if (lengths[i] < 0)
            {
                throw file.Damage($"a dimension has length {(ulong)lengths[i]}");
            }
        }

        return lengths;
    }
}
