using System.Buffers.Binary;

namespace DklActors.Instruments.Tests.Files.DigitalMicrograph;

/// <summary>Writes tag trees as DigitalMicrograph does: version 3 or 4, either byte order.</summary>
internal sealed class TagWriter(int version, bool isBigEndian)
{
    private int WordBytes => version == 3 ? 4 : 8;

    public byte[] Write(TagNode.Group root)
    {
        byte[] tree = GroupBytes(root);
        return
        [
            .. Word(version, 4), .. Word(tree.Length, WordBytes), .. Word(isBigEndian ? 0 : 1, 4), .. tree,
            .. new byte[8],
        ];
    }

    private byte[] GroupBytes(TagNode.Group group) =>
    [
        1, 0, .. Word(group.Entries.Length, WordBytes),
        .. group.Entries.SelectMany(entry => EntryBytes(entry.Name, entry.Value)),
    ];

    private byte[] EntryBytes(string name, TagNode node)
    {
        byte[] content = node switch
        {
            TagNode.Group group => GroupBytes(group),
            TagNode.Number number => DataBytes([number.Code], NumberBytes(number.Code, number.Value)),
            TagNode.Array array => DataBytes(
                [20, array.Code, array.Values.Length],
                [.. array.Values.SelectMany(value => NumberBytes(array.Code, value))]),
            TagNode.Raw raw => DataBytes(raw.Description, raw.Bytes),
            _ => throw new ArgumentException($"{node} cannot be written.", nameof(node)),
        };
        return
        [
            (byte)(node is TagNode.Group ? 20 : 21), .. Word(name.Length, 2), .. name.Select(static c => (byte)c),
            .. version == 4 ? Word(content.Length, 8) : [], .. content,
        ];
    }

    private byte[] DataBytes(long[] description, byte[] bytes) =>
    [
        .. "%%%%"u8, .. Word(description.Length, WordBytes),
        .. description.SelectMany(word => Word(word, WordBytes)), .. bytes,
    ];

    private static byte[] Word(long value, int bytes)
    {
        byte[] word = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(word, value);
        return word[^bytes..];
    }

    private byte[] NumberBytes(int code, double value)
    {
        byte[] bytes = code switch
        {
            2 => BitConverter.GetBytes((short)value),
            3 => BitConverter.GetBytes((int)value),
            4 => BitConverter.GetBytes((ushort)value),
            5 => BitConverter.GetBytes((uint)value),
            6 => BitConverter.GetBytes((float)value),
            7 => BitConverter.GetBytes(value),
            8 => [(byte)value],
            9 or 10 => [(byte)(sbyte)value],
            11 => BitConverter.GetBytes((long)value),
            12 => BitConverter.GetBytes((ulong)value),
            _ => throw new ArgumentOutOfRangeException(nameof(code), code, "Not a type of number."),
        };
        return isBigEndian == BitConverter.IsLittleEndian ? [.. bytes.Reverse()] : bytes;
    }
}
