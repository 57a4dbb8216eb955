using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace DklActors.Journal.Codecs;

/// <summary>float32 values as little-endian bytes.</summary>
internal static class FloatBytes
{
    public static void Write(ReadOnlySpan<float> values, Span<byte> destination)
    {
        if (BitConverter.IsLittleEndian)
        {
            MemoryMarshal.AsBytes(values).CopyTo(destination);
            return;
        }

        for (int i = 0; i < values.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(destination[(i * sizeof(float))..], values[i]);
        }
    }

    /// <exception cref="InvalidDataException">The bytes are not exactly rows × columns values.</exception>
    public static float[] Read(ReadOnlySpan<byte> bytes, int rows, int columns)
    {
        // Compared as a number of values: in bytes the product of two damaged dimensions can overflow and fit.
        int count = bytes.Length / sizeof(float);
        if (rows < 0 || columns < 0 || (long)rows * columns != count || bytes.Length % sizeof(float) != 0)
        {
            throw new InvalidDataException($"{bytes.Length} bytes are not {rows} × {columns} float32 values.");
        }

        float[] values = new float[count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes[(i * sizeof(float))..]);
        }

        return values;
    }
}
