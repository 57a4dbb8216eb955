using System.Text;

namespace DklActors.Journal.Export.Hdf5;

/// <summary>An object header (version 1): messages that say what an object is.</summary>
internal sealed class ObjectHeader(TextHeap heap)
{
    private const ushort DataspaceMessage = 0x0001;
    private const ushort DatatypeMessage = 0x0003;
    private const ushort FillValueMessage = 0x0005;
    private const ushort LayoutMessage = 0x0008;
    private const ushort AttributeMessage = 0x000C;
    private const ushort SymbolTableMessage = 0x0011;
    private const long Nowhere = -1;

    private readonly List<(ushort Type, byte[] Data)> _messages = [];

    public static ObjectHeader Of(Hdf5Dataset dataset, TextHeap heap)
    {
        var header = new ObjectHeader(heap);
        header.Add(DataspaceMessage, writer => WriteDataspace(writer, dataset.Shape));
        header.Add(DatatypeMessage, writer => writer.Write(dataset.Type.Message));
        // Version 2, allocated late, written if set, not set.
        header.Add(FillValueMessage, static writer => writer.Write([(byte)2, (byte)2, (byte)2, (byte)0]));
        header.Add(LayoutMessage, writer =>
        {
            // Version 3, in one piece.
            writer.Write([(byte)3, (byte)1]);
            writer.Write(dataset.Length == 0 ? Nowhere : dataset.Address);
            writer.Write(dataset.Length);
        });
        header.AddAttributes(dataset);
        return header;
    }

    public static ObjectHeader Of(Hdf5Group group, SymbolTable table, TextHeap heap)
    {
        var header = new ObjectHeader(heap);
        header.Add(SymbolTableMessage, writer =>
        {
            writer.Write(table.TreeAddress);
            writer.Write(table.HeapAddress);
        });
        header.AddAttributes(group);
        return header;
    }

    /// <returns>Where it was written.</returns>
    public long Write(BinaryWriter writer)
    {
        writer.Pad();
        long address = writer.BaseStream.Position;
        writer.Write((ushort)1);
        writer.Write(checked((ushort)_messages.Count));
        writer.Write(1);
        writer.Write(_messages.Sum(static message => 8 + message.Data.Length));
        writer.Write(0);
        foreach ((ushort type, byte[] data) in _messages)
        {
            writer.Write(type);
            writer.Write((ushort)data.Length);
            writer.Write(0);
            writer.Write(data);
        }

        return address;
    }

    private static void WriteDataspace(BinaryWriter writer, IReadOnlyList<long> shape)
    {
        writer.Write([(byte)1, (byte)shape.Count, (byte)0, (byte)0]);
        writer.Write(0);
        foreach (long length in shape)
        {
            writer.Write(length);
        }
    }

    private void AddAttributes(Hdf5Object described)
    {
        foreach (Hdf5Attribute attribute in described.Attributes)
        {
            Add(AttributeMessage, writer => WriteAttribute(writer, attribute));
        }
    }

    private void WriteAttribute(BinaryWriter writer, Hdf5Attribute attribute)
    {
        const int ScalarLength = 8;
        byte[] name = [.. Encoding.ASCII.GetBytes(attribute.Name), 0];
        writer.Write((ushort)1);
        writer.Write((ushort)name.Length);
        writer.Write((ushort)attribute.Type.Message.Length);
        writer.Write((ushort)ScalarLength);
        writer.Write(name);
        writer.Pad();
        writer.Write(attribute.Type.Message);
        writer.Pad();
        WriteDataspace(writer, []);
        if (attribute.Text is { } text)
        {
            heap.WriteReference(writer, text);
        }
        else
        {
            writer.Write(attribute.Data);
        }
    }

    private void Add(ushort type, Action<BinaryWriter> write)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        write(writer);
        writer.Pad();
        _messages.Add(bytes.Length <= ushort.MaxValue
            ? (type, bytes.ToArray())
            : throw new InvalidOperationException($"An HDF5 message of {bytes.Length} bytes is too long."));
    }
}
