using System.Buffers.Binary;

namespace DklActors.Instruments.Files.DigitalMicrograph;

/// <summary>A type of number in a tag: its code in the file, its kind as NumPy has it, its size in bytes.</summary>
internal sealed record TagType(int Code, char Kind, int Size)
{
    /// <summary>Code of a structure: its fields follow.</summary>
    public const int StructureCode = 15;

    /// <summary>Code of a text: its length follows.</summary>
    public const int TextCode = 18;

    /// <summary>Code of an array: the type of its elements and their number follow.</summary>
    public const int ArrayCode = 20;

    private static readonly TagType[] Simple =
    [
        new(2, 'i', 2), new(3, 'i', 4), new(4, 'u', 2), new(5, 'u', 4), new(6, 'f', 4), new(7, 'f', 8),
        new(8, 'u', 1), new(9, 'i', 1), new(10, 'i', 1), new(11, 'i', 8), new(12, 'u', 8),
    ];

    /// <summary>The elements of texts: UTF-16 code units.</summary>
    public static TagType Character { get; } = Simple[2];

    /// <summary>Null where the code is none of a number.</summary>
    public static TagType? Find(long code) => Array.Find(Simple, type => type.Code == code);

    public double Read(ReadOnlySpan<byte> bytes, bool isBigEndian) =>
        new ElementType(Kind, Size, isBigEndian).Read(bytes);

    /// <summary>Reads a whole number of the tag tree itself, which is big-endian in every file.</summary>
    public static long ReadStructural(ReadOnlySpan<byte> bytes) => bytes.Length switch
    {
        2 => BinaryPrimitives.ReadUInt16BigEndian(bytes),
        4 => BinaryPrimitives.ReadInt32BigEndian(bytes),
        8 => BinaryPrimitives.ReadInt64BigEndian(bytes),
        _ => throw new ArgumentException($"No number of the tag tree has {bytes.Length} bytes.", nameof(bytes)),
    };
}
