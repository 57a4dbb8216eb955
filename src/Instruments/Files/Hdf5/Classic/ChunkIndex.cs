namespace DklActors.Instruments.Files.Hdf5.Classic;

/// <summary>Where the chunks of a dataset lie.</summary>
internal sealed class ChunkIndex(Hdf5Bytes file, long treeAddress, IReadOnlyList<long> shape, IReadOnlyList<int> chunk)
{
    private const int DeepestTree = 32;
    private const int MostNodes = 4_000_000;

    private Dictionary<long, (long Address, long Bytes, uint Mask)>? _chunks;

    /// <summary>A chunk by its row-major number; null where nothing was written there.</summary>
    public (long Address, long Bytes, uint Mask)? Find(long number)
    {
        if (_chunks is null)
        {
            Dictionary<long, (long, long, uint)> chunks = [];
            int nodes = 0;
            if (treeAddress >= 0)
            {
                Read(treeAddress, chunks, DeepestTree, ref nodes);
            }

            _chunks = chunks;
        }

        return _chunks.TryGetValue(number, out var found) ? found : null;
    }

    private void Read(long address, Dictionary<long, (long, long, uint)> chunks, int level, ref int nodes)
    {
        if (level < 0 || ++nodes > MostNodes)
        {
            throw file.Damage("the tree of a dataset's chunks has no end");
        }

        byte[] head = file.Read(address, 8);
        file.RequireSignature(head, "TREE"u8, address);
        if (head[4] != 1)
        {
            throw file.Damage($"the tree at {address} is none of chunks");
        }

        int count = BitConverter.ToUInt16(head, 6);
        int start = 8 + (2 * file.AddressBytes);
        int key = 8 + (8 * (shape.Count + 1));
        var cursor = new Hdf5Cursor(file, file.Read(address, start + (count * (key + file.AddressBytes))));
        cursor.Skip(start);
        for (int i = 0; i < count; i++)
        {
            long bytes = cursor.DoubleWord();
            uint mask = cursor.DoubleWord();
            long number = 0;
            for (int d = 0; d < shape.Count; d++)
            {
                long offset = cursor.Number(8);
                if (head[5] == 0 && (offset < 0 || offset >= shape[d] || offset % chunk[d] != 0))
                {
                    throw file.Damage($"a chunk begins at {offset} of {shape[d]}");
                }

                number = (number * ((shape[d] + chunk[d] - 1) / chunk[d])) + (offset / chunk[d]);
            }

            cursor.Skip(8);
            long child = cursor.Address();
            if (head[5] > 0)
            {
                Read(child, chunks, Math.Min(level, head[5]) - 1, ref nodes);
            }
            else
            {
                chunks[number] = (child, bytes, mask);
            }
        }
    }
}
