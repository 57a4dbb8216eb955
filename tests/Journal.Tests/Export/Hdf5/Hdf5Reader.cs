using System.Text;

namespace DklActors.Journal.Tests.Export.Hdf5;

/// <summary>
/// Reads what the writer writes, by the file format specification and not by the writer's code: superblock 0, symbol
/// tables, version 1 headers, arrays in one piece, attributes of one value.
/// </summary>
internal sealed class Hdf5Reader
{
    private readonly byte[] _file;

    private Hdf5Reader(byte[] file) => _file = file;

    /// <summary>Arrays by path, as their raw bytes; attributes by path and name, after an @.</summary>
    public static (Dictionary<string, (long[] Shape, byte[] Data)> Arrays, Dictionary<string, object> Attributes) Read(
        byte[] file)
    {
        var reader = new Hdf5Reader(file);
        file.AsSpan(0, 8).ToArray().Should().Equal(0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A);
        reader.Long(0x28).Should().Be(file.Length, "the superblock says where the file ends");
        var arrays = new Dictionary<string, (long[], byte[])>();
        var attributes = new Dictionary<string, object>();
        reader.ReadObject(reader.Long(0x40), string.Empty, arrays, attributes);
        return (arrays, attributes);
    }

    private void ReadObject(
        long header, string path, Dictionary<string, (long[], byte[])> arrays, Dictionary<string, object> attributes)
    {
        _file[header].Should().Be(1, "the header's version");
        (header % 8).Should().Be(0);
        int messages = Short(header + 2);
        long at = header + 16;
        long end = at + Int(header + 8);
        long[] shape = [];
        for (int i = 0; i < messages; i++)
        {
            int type = Short(at), length = Short(at + 2);
            long body = at + 8;
            switch (type)
            {
                case 0x0001:
                    shape = [.. Enumerable.Range(0, _file[body + 1]).Select(k => Long(body + 8 + (8 * k)))];
                    break;
                case 0x0008:
                    (_file[body], _file[body + 1]).Should().Be((3, 1));
                    long from = Long(body + 2), size = Long(body + 10);
                    arrays.Add(path, (shape, size == 0 ? [] : _file[(int)from..(int)(from + size)]));
                    break;
                case 0x000C:
                    ReadAttribute(body, path, attributes);
                    break;
                case 0x0011:
                    ReadMembers(Long(body), Long(body + 8), path, arrays, attributes);
                    break;
            }

            at = body + length;
        }

        at.Should().Be(end, "the messages fill the header");
    }

    private void ReadMembers(
        long tree,
        long heap,
        string path,
        Dictionary<string, (long[], byte[])> arrays,
        Dictionary<string, object> attributes)
    {
        Ascii(tree, 4).Should().Be("TREE");
        Ascii(heap, 4).Should().Be("HEAP");
        long names = Long(heap + 24);
        string last = string.Empty;
        for (int i = 0; i < Short(tree + 6); i++)
        {
            long node = Long(tree + 32 + (16 * i));
            Ascii(node, 4).Should().Be("SNOD");
            for (int k = 0; k < Short(node + 6); k++)
            {
                long symbol = node + 8 + (40 * k);
                string name = Terminated(names + Long(symbol));
                string.CompareOrdinal(last, name).Should().BeNegative("members are sorted");
                last = name;
                ReadObject(Long(symbol + 8), $"{path}/{name}", arrays, attributes);
            }

            Terminated(names + Long(tree + 40 + (16 * i))).Should().Be(last, "the key after a node is its last name");
        }
    }

    private void ReadAttribute(long body, string path, Dictionary<string, object> attributes)
    {
        int name = Padded(Short(body + 2)), type = Padded(Short(body + 4)), space = Padded(Short(body + 6));
        long data = body + 8 + name + type + space;
        attributes.Add($"{path}@{Terminated(body + 8)}", (_file[body + 8 + name] & 0x0F) switch
        {
            0 => Long(data),
            1 => BitConverter.Int64BitsToDouble(Long(data)),
            8 => _file[data] == 1,
            9 => Int(data) == 0 ? string.Empty : HeapText(Long(data + 4), Int(data + 12), Int(data)),
            var other => throw new InvalidDataException($"class {other}"),
        });
    }

    private string HeapText(long heap, int index, int length)
    {
        Ascii(heap, 4).Should().Be("GCOL");
        long at = heap + 16;
        while (Short(at) != index)
        {
            Short(at).Should().NotBe(0, "the object is before the free space");
            at += 16 + Padded((int)Long(at + 8));
        }

        return Encoding.UTF8.GetString(_file, (int)at + 16, length);
    }

    private static int Padded(int length) => (length + 7) & ~7;

    private long Long(long at) => BitConverter.ToInt64(_file, (int)at);

    private int Int(long at) => BitConverter.ToInt32(_file, (int)at);

    private int Short(long at) => BitConverter.ToUInt16(_file, (int)at);

    private string Ascii(long at, int length) => Encoding.ASCII.GetString(_file, (int)at, length);

    private string Terminated(long at) => Ascii(at, Array.IndexOf(_file, (byte)0, (int)at) - (int)at);
}
