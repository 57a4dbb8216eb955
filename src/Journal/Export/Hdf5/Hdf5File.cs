using System.Text;

namespace DklActors.Journal.Export.Hdf5;

/// <summary>
/// Writes an HDF5 file in its oldest form, which every reader knows: superblock 0, groups by symbol tables, arrays in
/// one piece, attributes of one value. After the HDF5 File Format Specification, version 3.0.
/// </summary>
internal static class Hdf5File
{
    private const int SuperblockLength = 96;
    private const long Nowhere = -1;

    /// <param name="stream">Empty, and can seek.</param>
    /// <param name="root">What to write; its arrays are asked for one after the other.</param>
    public static void Write(Stream stream, Hdf5Group root)
    {
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write(new byte[SuperblockLength]);
        foreach (Hdf5Dataset dataset in root.Objects.OfType<Hdf5Dataset>())
        {
            writer.Pad();
            dataset.WriteData(stream);
        }

        var heap = new TextHeap();
        foreach (Hdf5Attribute attribute in root.Objects.SelectMany(static described => described.Attributes))
        {
            heap.Add(attribute.Text ?? string.Empty);
        }

        writer.Pad();
        heap.Write(writer);
        (long header, SymbolTable table) = WriteGroup(writer, root, heap);
        writer.Pad();
        long end = stream.Position;
        stream.Position = 0;
        WriteSuperblock(writer, header, table, end);
        writer.Flush();
        stream.Position = end;
    }

    private static (long Header, SymbolTable Table) WriteGroup(BinaryWriter writer, Hdf5Group group, TextHeap heap)
    {
        List<(string, long)> members = [];
        foreach ((string name, Hdf5Object member) in group.Members)
        {
            members.Add((name, member switch
            {
                Hdf5Group inner => WriteGroup(writer, inner, heap).Header,
                Hdf5Dataset dataset => ObjectHeader.Of(dataset, heap).Write(writer),
                _ => throw new InvalidOperationException($"{member.GetType().Name} has no place in a group."),
            }));
        }

        var table = SymbolTable.Write(writer, members);
        return (ObjectHeader.Of(group, table, heap).Write(writer), table);
    }

    private static void WriteSuperblock(BinaryWriter writer, long rootHeader, SymbolTable root, long end)
    {
        writer.Write([0x89, (byte)'H', (byte)'D', (byte)'F', 0x0D, 0x0A, 0x1A, 0x0A]);
        // Versions of superblock, free space, root group and shared messages; bytes of an offset and of a length.
        writer.Write([(byte)0, (byte)0, (byte)0, (byte)0, (byte)0, (byte)8, (byte)8, (byte)0]);
        writer.Write((ushort)SymbolTable.NodeRank);
        writer.Write((ushort)SymbolTable.TreeRank);
        writer.Write(0);
        writer.Write(0L);
        writer.Write(Nowhere);
        writer.Write(end);
        writer.Write(Nowhere);
        // The root group's own symbol, with tree and heap at hand.
        writer.Write(0L);
        writer.Write(rootHeader);
        writer.Write(1);
        writer.Write(0);
        writer.Write(root.TreeAddress);
        writer.Write(root.HeapAddress);
    }
}
