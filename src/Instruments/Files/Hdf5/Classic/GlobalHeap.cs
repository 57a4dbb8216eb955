namespace DklActors.Instruments.Files.Hdf5.Classic;

/// <summary>Where texts and lists of differing length lie.</summary>
internal sealed class GlobalHeap(Hdf5Bytes file)
{
    private const int ReferenceHead = 4;
    private const int LargestObject = 4 << 20;
    private const int MostCollections = 64;

    private readonly Dictionary<long, Dictionary<int, byte[]>> _collections = [];

    /// <summary>Bytes of a reference: a number of elements, the place of a collection, a number in it.</summary>
    public int ReferenceBytes => ReferenceHead + file.AddressBytes + 4;

    /// <summary>The bytes of a text or list; empty where it refers to nothing.</summary>
    public ReadOnlySpan<byte> Read(ReadOnlySpan<byte> reference, int elementSize)
    {
        var cursor = new Hdf5Cursor(file, reference);
        long count = cursor.DoubleWord();
        long address = cursor.Address();
        int index = (int)cursor.DoubleWord();
        if (count == 0 || address <= 0)
        {
            return [];
        }

        if (!Collection(address).TryGetValue(index, out byte[]? bytes) || count * elementSize > bytes.Length)
        {
            throw file.Damage($"the heap at {address} has no object {index} of {count} elements");
        }

        return bytes.AsSpan(0, (int)count * elementSize);
    }

    private Dictionary<int, byte[]> Collection(long address)
    {
        if (_collections.TryGetValue(address, out Dictionary<int, byte[]>? known))
        {
            return known;
        }

        byte[] head = file.Read(address, 8 + file.LengthBytes);
        file.RequireSignature(head, "GCOL"u8, address);
        var start = new Hdf5Cursor(file, head);
        start.Skip(8);
        long size = start.Length();
        var cursor = new Hdf5Cursor(file, file.Read(address, size));
        cursor.Skip(8 + file.LengthBytes);
        Dictionary<int, byte[]> objects = [];
        int objectHead = 8 + file.LengthBytes;
        while (cursor.Left >= objectHead)
        {
            int index = cursor.Word();
            cursor.Skip(6);
            long bytes = cursor.Length();
            if (index == 0)
            {
                break;
            }

            if (bytes > LargestObject)
            {
                throw file.Damage($"an object of {bytes} bytes stands in the heap at {address}");
            }

            objects[index] = cursor.Take(bytes).ToArray();
            cursor.SkipPadding((int)(bytes % 8));
        }

        if (_collections.Count >= MostCollections)
        {
            _collections.Clear();
        }

        _collections.Add(address, objects);
        return objects;
    }
}
