using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace DklActors.Instruments.Files;

/// <summary>An element type of NumPy: kind (u, i, f), size in bytes, byte order.</summary>
internal readonly record struct ElementType(char Kind, int Size, bool IsBigEndian)
{
    public const string Supported = "u1, u2, u4, u8, i1, i2, i4, i8, f2, f4 or f8";

    /// <summary>Reads a type string such as <c>&lt;f4</c>; null where it is none that is supported.</summary>
    public static ElementType? Parse(string text) => text switch
    {
        ['<' or '|' or '=', 'u' or 'i', '1' or '2' or '4' or '8'] => new(text[1], text[2] - '0', false),
        ['>' or '|', 'u' or 'i', '1' or '2' or '4' or '8'] => new(text[1], text[2] - '0', true),
        ['<' or '=', 'f', '2' or '4' or '8'] => new('f', text[2] - '0', false),
        ['>', 'f', '2' or '4' or '8'] => new('f', text[2] - '0', true),
        _ => null,
    };

    /// <summary>The type of a C# element, in this machine's byte order.</summary>
    /// <exception cref="NotSupportedException">Not a number that NumPy files hold here.</exception>
    public static ElementType Of<T>()
        where T : unmanaged => default(T) switch
        {
            byte => new('u', 1, false),
            ushort => new('u', 2, !BitConverter.IsLittleEndian),
            uint => new('u', 4, !BitConverter.IsLittleEndian),
            ulong => new('u', 8, !BitConverter.IsLittleEndian),
            sbyte => new('i', 1, false),
            short => new('i', 2, !BitConverter.IsLittleEndian),
            int => new('i', 4, !BitConverter.IsLittleEndian),
            long => new('i', 8, !BitConverter.IsLittleEndian),
            Half => new('f', 2, !BitConverter.IsLittleEndian),
            float => new('f', 4, !BitConverter.IsLittleEndian),
            double => new('f', 8, !BitConverter.IsLittleEndian),
            _ => throw new NotSupportedException($"{typeof(T).Name} cannot be written as an array; use {Supported}."),
        };

    /// <summary>Converts the element at the start of <paramref name="bytes"/>.</summary>
    public double Read(ReadOnlySpan<byte> bytes) => (Kind, Size, IsBigEndian) switch
    {
        ('u', 1, _) => bytes[0],
        ('i', 1, _) => (sbyte)bytes[0],
        ('u', 2, false) => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
        ('u', 2, true) => BinaryPrimitives.ReadUInt16BigEndian(bytes),
        ('i', 2, false) => BinaryPrimitives.ReadInt16LittleEndian(bytes),
        ('i', 2, true) => BinaryPrimitives.ReadInt16BigEndian(bytes),
        ('u', 4, false) => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
        ('u', 4, true) => BinaryPrimitives.ReadUInt32BigEndian(bytes),
        ('i', 4, false) => BinaryPrimitives.ReadInt32LittleEndian(bytes),
        ('i', 4, true) => BinaryPrimitives.ReadInt32BigEndian(bytes),
        ('u', 8, false) => BinaryPrimitives.ReadUInt64LittleEndian(bytes),
        ('u', 8, true) => BinaryPrimitives.ReadUInt64BigEndian(bytes),
        ('i', 8, false) => BinaryPrimitives.ReadInt64LittleEndian(bytes),
        ('i', 8, true) => BinaryPrimitives.ReadInt64BigEndian(bytes),
        ('f', 2, false) => (double)BinaryPrimitives.ReadHalfLittleEndian(bytes),
        ('f', 2, true) => (double)BinaryPrimitives.ReadHalfBigEndian(bytes),
        ('f', 4, false) => BinaryPrimitives.ReadSingleLittleEndian(bytes),
        ('f', 4, true) => BinaryPrimitives.ReadSingleBigEndian(bytes),
        ('f', 8, false) => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
        ('f', 8, true) => BinaryPrimitives.ReadDoubleBigEndian(bytes),
        _ => throw new InvalidOperationException($"{this} is not a supported element type."),
    };

    /// <summary>Converts as many elements as there is room for; may reverse the bytes of elements in place.</summary>
    public void Convert(Span<byte> elements, Span<float> values)
    {
        switch (Kind, Size)
        {
            case ('u', 1):
                Convert<byte>(elements, values);
                break;
            case ('i', 1):
                Convert(MemoryMarshal.Cast<byte, sbyte>(elements), values);
                break;
            case ('u', 2):
                Convert(ToNative<ushort>(elements), values);
                break;
            case ('i', 2):
                Convert(MemoryMarshal.Cast<ushort, short>(ToNative<ushort>(elements)), values);
                break;
            case ('f', 2):
                Convert(MemoryMarshal.Cast<ushort, Half>(ToNative<ushort>(elements)), values);
                break;
            case ('u', 4):
                Convert(ToNative<uint>(elements), values);
                break;
            case ('i', 4):
                Convert(MemoryMarshal.Cast<uint, int>(ToNative<uint>(elements)), values);
                break;
            case ('f', 4):
                MemoryMarshal.Cast<uint, float>(ToNative<uint>(elements))[..values.Length].CopyTo(values);
                break;
            case ('u', 8):
                Convert(ToNative<ulong>(elements), values);
                break;
            case ('i', 8):
                Convert(MemoryMarshal.Cast<ulong, long>(ToNative<ulong>(elements)), values);
                break;
            case ('f', 8):
                Convert(MemoryMarshal.Cast<ulong, double>(ToNative<ulong>(elements)), values);
                break;
            default:
                throw new InvalidOperationException($"{this} is not a supported element type.");
        }
    }

    /// <summary>NumPy's type string.</summary>
    public override string ToString() => $"{(Size == 1 ? '|' : IsBigEndian ? '>' : '<')}{Kind}{Size}";

    private Span<T> ToNative<T>(Span<byte> elements)
        where T : unmanaged, IBinaryInteger<T>
    {
        Span<T> numbers = MemoryMarshal.Cast<byte, T>(elements);
        if (IsBigEndian != BitConverter.IsLittleEndian)
        {
            return numbers;
        }

        switch (Size)
        {
            case 2:
                Span<ushort> shorts = MemoryMarshal.Cast<byte, ushort>(elements);
                BinaryPrimitives.ReverseEndianness(shorts, shorts);
                break;
            case 4:
                Span<uint> words = MemoryMarshal.Cast<byte, uint>(elements);
                BinaryPrimitives.ReverseEndianness(words, words);
                break;
            default:
                Span<ulong> longs = MemoryMarshal.Cast<byte, ulong>(elements);
                BinaryPrimitives.ReverseEndianness(longs, longs);
                break;
        }

        return numbers;
    }

    private static void Convert<T>(ReadOnlySpan<T> elements, Span<float> values)
        where T : unmanaged, INumberBase<T>
    {
        elements = elements[..values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = float.CreateTruncating(elements[i]);
        }
    }
}
