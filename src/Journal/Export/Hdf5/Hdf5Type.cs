using System.Text;

namespace DklActors.Journal.Export.Hdf5;

/// <summary>An element type: its size in bytes and its datatype message (version 1, little-endian).</summary>
internal sealed class Hdf5Type
{
    private Hdf5Type(int size, byte[] message)
    {
        Size = size;
        Message = message;
    }

    public static Hdf5Type Float32 { get; } = Float(4, exponentAt: 23, exponentBits: 8, bias: 127);

    public static Hdf5Type Float64 { get; } = Float(8, exponentAt: 52, exponentBits: 11, bias: 1023);

    public static Hdf5Type Int64 { get; } = SignedInteger(8);

    /// <summary>The type of a little-endian number by NumPy's name, such as <c>&lt;f4</c> or <c>|u1</c>.</summary>
    /// <exception cref="ArgumentException">No such type.</exception>
    public static Hdf5Type Of(string name) => name[^2..] switch
    {
        "f2" => Float(2, exponentAt: 10, exponentBits: 5, bias: 15),
        "f4" => Float32,
        "f8" => Float64,
        ['i', >= '1' and <= '8'] signed => SignedInteger(signed[1] - '0'),
        ['u', >= '1' and <= '8'] unsigned => Integer(unsigned[1] - '0', isSigned: false),
        _ => throw new ArgumentException($"'{name}' is no type of numbers.", nameof(name)),
    };

    /// <summary>An enumeration of one byte with the members FALSE and TRUE: what h5py makes of a Python bool.</summary>
    public static Hdf5Type Boolean { get; } = TruthValue();

    /// <summary>UTF-8 text of any length; the element is a reference into a global heap.</summary>
    public static Hdf5Type Text { get; } = VariableText();

    /// <summary>Bytes of one element.</summary>
    public int Size { get; }

    public byte[] Message { get; }

    private static Hdf5Type Float(int size, byte exponentAt, byte exponentBits, int bias) => new(size, Bytes(writer =>
    {
        // Class 1; the leading bit of the mantissa is implied; then where the sign is.
        writer.Write([0x11, 0x20, (byte)((8 * size) - 1), 0]);
        writer.Write(size);
        writer.Write((short)0);
        writer.Write((short)(8 * size));
        writer.Write([exponentAt, exponentBits, 0, exponentAt]);
        writer.Write(bias);
    }));

    private static Hdf5Type SignedInteger(int size) => Integer(size, isSigned: true);

    private static Hdf5Type Integer(int size, bool isSigned) => new(size, Bytes(writer =>
    {
        writer.Write([(byte)0x10, (byte)(isSigned ? 0x08 : 0), (byte)0, (byte)0]);
        writer.Write(size);
        writer.Write((short)0);
        writer.Write((short)(8 * size));
    }));

    private static Hdf5Type TruthValue() => new(1, Bytes(writer =>
    {
        // Class 8 with two members: the base type, the names padded to eight bytes, the values.
        writer.Write([0x18, 2, 0, 0]);
        writer.Write(1);
        writer.Write(SignedInteger(1).Message);
        writer.Write("FALSE\0\0\0TRUE\0\0\0\0"u8);
        writer.Write([(byte)0, (byte)1]);
    }));

    private static Hdf5Type VariableText() => new(16, Bytes(writer =>
    {
        // Class 9: a text, terminated by zero, in UTF-8; its base type is an unsigned byte.
        writer.Write([0x19, 0x01, 0x01, 0]);
        writer.Write(16);
        writer.Write([0x10, 0, 0, 0]);
        writer.Write(1);
        writer.Write((short)0);
        writer.Write((short)8);
    }));

    private static byte[] Bytes(Action<BinaryWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes, Encoding.UTF8, leaveOpen: true))
        {
            write(writer);
        }

        return bytes.ToArray();
    }
}
