using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace DklActors.Instruments.Files;

/// <summary>Writes <c>.npy</c> data, format version 1.0, C order, in this machine's byte order.</summary>
public static class NpyWriter
{
    private const int Alignment = 64;
    private const int PreambleBytes = 10;

    /// <summary>Writes one array of unsigned or signed integers of 1 to 8 bytes or floats of 2 to 8 bytes.</summary>
    /// <param name="stream">Any writable stream.</param>
    /// <param name="shape">Lengths of the dimensions; empty for a single number.</param>
    /// <param name="values">Row-major; as many as the shape says.</param>
    /// <exception cref="ArgumentException">The number of values does not fit the shape.</exception>
    /// <exception cref="NotSupportedException">The element type has no place in these files.</exception>
    public static void Write<T>(Stream stream, ReadOnlySpan<int> shape, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        if (CountOf(shape) != values.Length)
        {
            throw new ArgumentException(
                $"{values.Length} values do not fill the shape {DataArray.TextOf(shape.ToArray())}.", nameof(values));
        }

        WriteHeader<T>(stream, shape);
        stream.Write(MemoryMarshal.AsBytes(values));
    }

    /// <summary>Number of values that a shape has room for.</summary>
    internal static long CountOf(ReadOnlySpan<int> shape)
    {
        long count = 1;
        foreach (int length in shape)
        {
            count = checked(count * length);
        }

        return count;
    }

    /// <summary>Writes what stands before the values.</summary>
    internal static void WriteHeader<T>(Stream stream, ReadOnlySpan<int> shape)
        where T : unmanaged => WriteHeader(stream, ElementType.Of<T>(), shape);

    /// <inheritdoc cref="WriteHeader{T}(Stream, ReadOnlySpan{int})"/>
    internal static void WriteHeader(Stream stream, ElementType type, ReadOnlySpan<int> shape)
    {
        ArgumentNullException.ThrowIfNull(stream);
        string shapeText = DataArray.TextOf(shape.ToArray());
        string dictionary =
            $"{{'descr': '{type}', 'fortran_order': False, 'shape': {shapeText}, }}";
        int padded = PreambleBytes + dictionary.Length + 1;
        padded += (Alignment - (padded % Alignment)) % Alignment;
        byte[] header = new byte[padded];
        header.AsSpan().Fill((byte)' ');
        header[0] = 0x93;
        "NUMPY"u8.CopyTo(header.AsSpan(1));
        header[6] = 1;
        header[7] = 0;
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(8), checked((ushort)(padded - PreambleBytes)));
        Encoding.ASCII.GetBytes(dictionary, header.AsSpan(PreambleBytes));
        header[^1] = (byte)'\n';
        stream.Write(header);
    }
}
