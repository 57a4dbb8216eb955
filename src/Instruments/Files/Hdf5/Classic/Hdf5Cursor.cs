using System.Buffers.Binary;
using System.Text;

namespace DklActors.Instruments.Files.Hdf5.Classic;

/// <summary>Walks over bytes of the file; never beyond them.</summary>
internal ref struct Hdf5Cursor(Hdf5Bytes file, ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _left = bytes;

    public readonly int Left => _left.Length;

    public readonly ReadOnlySpan<byte> Rest => _left;

    public ReadOnlySpan<byte> Take(long count)
    {
        if (count < 0 || count > _left.Length)
        {
            throw file.Damage($"{count} bytes are announced where {_left.Length} are left");
        }

        ReadOnlySpan<byte> taken = _left[..(int)count];
        _left = _left[(int)count..];
        return taken;
    }

    public void Skip(long count) => Take(count);

    /// <summary>Skips to a multiple of eight bytes of what was taken.</summary>
    public void SkipPadding(int taken) => Take(((8 - (taken % 8)) % 8) <= _left.Length ? (8 - (taken % 8)) % 8 : 0);

    public byte Byte() => Take(1)[0];

    public ushort Word() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    public uint DoubleWord() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    public long Address() => Number(file.AddressBytes, isAddress: true);

    public long Length() => Number(file.LengthBytes, isAddress: false);

    /// <summary>An unsigned number of 1 to 8 bytes; negative where it is beyond any file.</summary>
    public long Number(int size, bool isAddress = false)
    {
        ReadOnlySpan<byte> number = Take(size);
        long value = 0;
        for (int i = size - 1; i >= 0; i--)
        {
            value = (value << 8) | number[i];
        }

        // An address of ones alone leads nowhere.
        return isAddress && size < 8 && value == (1L << (8 * size)) - 1 ? -1 : value;
    }

    /// <summary>A text that ends with a null character, or with the bytes.</summary>
    public readonly string TextToEnd()
    {
        int end = _left.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? _left : _left[..end]);
    }
}
