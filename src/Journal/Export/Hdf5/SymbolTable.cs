using System.Text;

namespace DklActors.Journal.Export.Hdf5;

/// <summary>
/// The members of a group, sorted by name: a local heap with the names, nodes with the symbols, and a tree of one level
/// over the nodes.
/// </summary>
internal sealed class SymbolTable
{
    /// <summary>Half the number of symbols in a node.</summary>
    public const int NodeRank = 16;

    /// <summary>Half the number of nodes under the tree.</summary>
    public const int TreeRank = 16;

    private const long Nowhere = -1;
    private const long EmptyFreeList = 1;
    private const int SymbolLength = 40;

    private SymbolTable(long treeAddress, long heapAddress)
    {
        TreeAddress = treeAddress;
        HeapAddress = heapAddress;
    }

    public long TreeAddress { get; }

    public long HeapAddress { get; }

    /// <param name="writer">Where to write.</param>
    /// <param name="members">Names in order, and where the object headers are.</param>
    /// <exception cref="InvalidOperationException">More members than fit under one tree.</exception>
    public static SymbolTable Write(BinaryWriter writer, IReadOnlyList<(string Name, long Address)> members)
    {
        const int Most = 4 * NodeRank * TreeRank;
        if (members.Count > Most)
        {
            throw new InvalidOperationException($"An HDF5 group of more than {Most} members is not supported.");
        }

        (long heap, long[] names) = WriteNames(writer, members);
        List<(long Address, long LastName)> nodes = [];
        for (int first = 0; first < members.Count; first += 2 * NodeRank)
        {
            int count = Math.Min(2 * NodeRank, members.Count - first);
            nodes.Add((WriteNode(writer, members, names, first, count), names[first + count - 1]));
        }

        return new SymbolTable(WriteTree(writer, nodes), heap);
    }

    private static (long Address, long[] Names) WriteNames(
        BinaryWriter writer, IReadOnlyList<(string Name, long Address)> members)
    {
        // At 0 lies the empty name, which is less than any other.
        using var segment = new MemoryStream();
        segment.Write(new byte[8]);
        long[] names = new long[members.Count];
        for (int i = 0; i < names.Length; i++)
        {
            names[i] = segment.Position;
            byte[] name = Encoding.ASCII.GetBytes(members[i].Name);
            segment.Write(name);
            segment.Write(new byte[Padding.Padded(name.Length + 1) - name.Length]);
        }

        writer.Pad();
        long address = writer.BaseStream.Position;
        const int HeaderLength = 32;
        writer.Write("HEAP"u8);
        writer.Write(0);
        writer.Write(segment.Length);
        writer.Write(EmptyFreeList);
        writer.Write(address + HeaderLength);
        writer.Write(segment.ToArray());
        return (address, names);
    }

    private static long WriteNode(
        BinaryWriter writer, IReadOnlyList<(string Name, long Address)> members, long[] names, int first, int count)
    {
        writer.Pad();
        long address = writer.BaseStream.Position;
        writer.Write("SNOD"u8);
        writer.Write((ushort)1);
        writer.Write((ushort)count);
        for (int i = first; i < first + count; i++)
        {
            writer.Write(names[i]);
            writer.Write(members[i].Address);
            writer.Write(new byte[SymbolLength - 16]);
        }

        writer.Write(new byte[SymbolLength * ((2 * NodeRank) - count)]);
        return address;
    }

    private static long WriteTree(BinaryWriter writer, List<(long Address, long LastName)> nodes)
    {
        writer.Pad();
        long address = writer.BaseStream.Position;
        writer.Write("TREE"u8);
        writer.Write((ushort)0);
        writer.Write((ushort)nodes.Count);
        writer.Write(Nowhere);
        writer.Write(Nowhere);
        writer.Write(0L);
        foreach ((long node, long lastName) in nodes)
        {
            writer.Write(node);
            writer.Write(lastName);
        }

        writer.Write(new byte[16 * ((2 * TreeRank) - nodes.Count)]);
        return address;
    }
}
