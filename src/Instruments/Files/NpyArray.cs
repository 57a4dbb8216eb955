using System.Runtime.InteropServices;

namespace DklActors.Instruments.Files;

/// <summary>
/// An array of NumPy in its own element type and C order. It is never converted as a whole: a spectrum image of
/// bytes stays one of bytes, and one position at a time is read as numbers.
/// </summary>
public sealed class NpyArray
{
    private readonly NpyElementType _type;
    private readonly ReadOnlyMemory<byte> _bytes;

    internal NpyArray(NpyElementType type, IReadOnlyList<int> shape, ReadOnlyMemory<byte> bytes)
    {
        _type = type;
        _bytes = bytes;
        Shape = shape;
        Count = bytes.Length / type.Size;
    }

    /// <summary>Lengths of the dimensions, slowest first; empty for a single number.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>Number of elements.</summary>
    public int Count { get; }

    /// <summary>NumPy's name of the element type, such as <c>&lt;f4</c>.</summary>
    public string ElementType => _type.ToString();

    /// <summary>The shape as NumPy writes it, such as <c>(128, 128, 2048)</c>.</summary>
    public string ShapeText => TextOf(Shape);

    /// <summary>The element at a row-major index; integers beyond 2^53 are rounded.</summary>
    public double this[int index] => _type.Read(_bytes.Span[(index * _type.Size)..]);

    /// <summary>
    /// Reads frame number <paramref name="index"/>, where the array is a row of frames as long as
    /// <paramref name="frame"/>. Allocates nothing.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The array does not hold that frame.</exception>
    public void CopyFrame(int index, Span<float> frame)
    {
        long first = (long)index * frame.Length;
        if (index < 0 || first + frame.Length > Count)
        {
            throw new ArgumentOutOfRangeException(
                nameof(index), $"Frame {index} of {frame.Length} elements is not in an array of {Count} elements.");
        }

        ReadOnlySpan<byte> source = _bytes.Span[((int)first * _type.Size)..];
        if (_type is { Kind: 'u', Size: 1 })
        {
            for (int i = 0; i < frame.Length; i++)
            {
                frame[i] = source[i];
            }

            return;
        }

        for (int i = 0; i < frame.Length; i++)
        {
            frame[i] = (float)_type.Read(source[(i * _type.Size)..]);
        }
    }

    /// <summary>All elements as floats.</summary>
    public float[] ToSingles()
    {
        float[] values = new float[Count];
        CopyFrame(0, values);
        return values;
    }

    /// <summary>All elements as doubles.</summary>
    public double[] ToDoubles()
    {
        double[] values = new double[Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = this[i];
        }

        return values;
    }

    internal static NpyArray Of(ReadOnlySpan<double> values, IReadOnlyList<int> shape) => new(
        NpyElementType.Of<double>(), shape, MemoryMarshal.AsBytes(values).ToArray());

    internal static string TextOf(IEnumerable<int> shape)
    {
        string[] lengths = [.. shape.Select(static length => length.ToString())];
        return lengths.Length == 1 ? $"({lengths[0]},)" : $"({string.Join(", ", lengths)})";
    }
}
