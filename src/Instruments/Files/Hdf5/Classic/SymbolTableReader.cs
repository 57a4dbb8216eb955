using System.Text;

namespace DklActors.Instruments.Files.Hdf5.Classic;

/// <summary>Reads the members of a group kept in the older way: names in a heap, symbols under a tree.</summary>
internal sealed class SymbolTableReader(Hdf5Bytes file)
{
    private const int MostMembers = 100_000;
    private const int MostNodes = 20_000;
    private const int DeepestTree = 16;
    private const long LargestHeap = 16L << 20;

    public Dictionary<string, long> Read(ReadOnlySpan<byte> message)
    {
        var cursor = new Hdf5Cursor(file, message);
        long tree = cursor.Address();
        byte[] names = ReadHeap(cursor.Address());
        Dictionary<string, long> members = new(StringComparer.Ordinal);
        int nodes = 0;
        ReadNode(tree, names, members, DeepestTree, ref nodes);
        return members;
    }

    private byte[] ReadHeap(long address)
    {
        byte[] head = file.Read(address, 8 + (2 * file.LengthBytes) + file.AddressBytes);
        file.RequireSignature(head, "HEAP"u8, address);
        var cursor = new Hdf5Cursor(file, head);
        cursor.Skip(8);
        long size = cursor.Length();
        cursor.Length();
        return size is >= 0 and <= LargestHeap
            ? file.Read(cursor.Address(), size)
            : throw file.Damage($"the names of the group at {address} take {size} bytes");
    }

    private void ReadNode(long address, byte[] names, Dictionary<string, long> members, int level, ref int nodes)
    {
        if (level < 0 || ++nodes > MostNodes)
        {
            throw file.Damage("the tree of a group has no end");
        }

        byte[] head = file.Read(address, 8);
        if (head.AsSpan().StartsWith("SNOD"u8))
        {
            ReadSymbols(address, BitConverter.ToUInt16(head, 6), names, members);
            return;
        }

        file.RequireSignature(head, "TREE"u8, address);
        int count = BitConverter.ToUInt16(head, 6);
        int pair = file.LengthBytes + file.AddressBytes;
        int start = 8 + (2 * file.AddressBytes);
        var cursor = new Hdf5Cursor(file, file.Read(address, start + (count * pair)));
        cursor.Skip(start);
        for (int i = 0; i < count; i++)
        {
            cursor.Skip(file.LengthBytes);
            ReadNode(cursor.Address(), names, members, Math.Min(level, head[5] + 1) - 1, ref nodes);
        }
    }

    private void ReadSymbols(long address, int count, byte[] names, Dictionary<string, long> members)
    {
        int bytes = (2 * file.AddressBytes) + 24;
        var cursor = new Hdf5Cursor(file, file.Read(address, 8 + (count * bytes)));
        cursor.Skip(8);
        for (int i = 0; i < count; i++)
        {
            long name = cursor.Address();
            long header = cursor.Address();
            uint cache = cursor.DoubleWord();
            cursor.Skip(20);
            if (name < 0 || name >= names.Length || members.Count >= MostMembers)
            {
                throw file.Damage($"a symbol at {address} has no name");
            }

            // A soft link (2) leads to a name, not to an object; whatever it means is there under that name too.
            if (cache != 2 && header >= 0)
            {
                ReadOnlySpan<byte> text = names.AsSpan((int)name);
                int end = text.IndexOf((byte)0);
                members.TryAdd(Encoding.UTF8.GetString(end < 0 ? text : text[..end]), header);
            }
        }
    }
}
