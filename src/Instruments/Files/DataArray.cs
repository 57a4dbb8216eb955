using System.Buffers;
using System.Runtime.InteropServices;
using DklActors.Instruments.Files.Elements;

namespace DklActors.Instruments.Files;

/// <summary>
/// An array of a file in its own element type, row-major. It is never converted as a whole: a spectrum image of bytes
/// stays one of bytes, and one position at a time is read as numbers, from the file where the array stays there.
/// </summary>
/// <remarks>
/// Several threads may read at once. An array that stays in its file can be read while its container is open.
/// </remarks>
public sealed class DataArray
{
    private const int LargestElement = 8;

    private readonly ElementType _type;
    private readonly ElementStore _store;

    internal DataArray(ElementType type, IReadOnlyList<int> shape, ElementStore store)
    {
        _type = type;
        _store = store;
        Shape = shape;
        Count = shape.Aggregate(1L, static (product, length) => checked(product * length));
        Axes = DataAxis.Plain(shape);
    }

    /// <summary>Lengths of the dimensions, slowest first; empty for a single number.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>Each dimension with its name, calibration and role, slowest first.</summary>
    public IReadOnlyList<DataAxis> Axes { get; internal init; }

    /// <summary>What the file says about it, by dotted paths of names, such as <c>beam_energy_keV</c>.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; internal init; } = NoMetadata;

    /// <summary>Number of elements.</summary>
    public long Count { get; }

    /// <summary>NumPy's name of the element type, such as <c>&lt;f4</c>.</summary>
    public string ElementType => _type.ToString();

    /// <summary>Bytes of all elements.</summary>
    public long Bytes => Count * _type.Size;

    /// <summary>Whether it was read as a whole; else each position is read when asked for.</summary>
    public bool IsInMemory => _store.IsInMemory;

    /// <summary>The shape as NumPy writes it, such as <c>(128, 128, 2048)</c>.</summary>
    public string ShapeText => TextOf(Shape);

    internal static IReadOnlyDictionary<string, string> NoMetadata { get; } = new Dictionary<string, string>();

    internal ElementType Type => _type;

    /// <summary>The element at a row-major index; integers beyond 2^53 are rounded.</summary>
    public double this[long index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            Span<byte> element = stackalloc byte[LargestElement];
            _store.Read(index, element[.._type.Size]);
            return _type.Read(element);
        }
    }

    /// <summary>
    /// Reads frame number <paramref name="index"/>, where the array is a row of frames as long as
    /// <paramref name="frame"/>. Allocates nothing in steady state.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The array does not hold that frame.</exception>
    /// <exception cref="DataFileException">The frame cannot be read from the file.</exception>
    public void CopyFrame(int index, Span<float> frame) => CopyFrame((long)index, frame);

    /// <inheritdoc cref="CopyFrame(int, Span{float})"/>
    public void CopyFrame(long index, Span<float> frame)
    {
        if (index < 0 || (frame.Length > 0 && index > (Count / frame.Length) - 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(index), $"Frame {index} of {frame.Length} elements is not in an array of {Count} elements.");
        }

        CopyElements(index * frame.Length, frame);
    }

    /// <summary>All elements as floats.</summary>
    public float[] ToSingles()
    {
        float[] values = new float[RequireFewEnough()];
        CopyElements(0, values);
        return values;
    }

    /// <summary>All elements as doubles.</summary>
    public double[] ToDoubles()
    {
        double[] values = new double[RequireFewEnough()];
        byte[] bytes = ArrayPool<byte>.Shared.Rent(PieceBytes);
        try
        {
            int piece = PieceBytes / _type.Size;
            for (int first = 0; first < values.Length; first += piece)
            {
                int count = Math.Min(piece, values.Length - first);
                Span<byte> elements = bytes.AsSpan(0, count * _type.Size);
                _store.Read(first, elements);
                for (int i = 0; i < count; i++)
                {
                    values[first + i] = _type.Read(elements[(i * _type.Size)..]);
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }

        return values;
    }

    /// <summary>Elements in their own type, little-endian, from number <paramref name="first"/> on.</summary>
    /// <param name="first">Row-major number of the first.</param>
    /// <param name="bytes">What to fill; a multiple of the bytes of an element.</param>
    public void CopyBytes(long first, Span<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes.Length / _type.Size, Count - first);
        _store.Read(first, bytes);
        if (_type.IsBigEndian)
        {
            for (int at = 0; at < bytes.Length; at += _type.Size)
            {
                bytes.Slice(at, _type.Size).Reverse();
            }
        }
    }

    /// <summary>
    /// All elements in their own type, little-endian, in pieces of about a megabyte, whose memory is used again.
    /// </summary>
    public IEnumerable<ReadOnlyMemory<byte>> Pieces()
    {
        const int PieceLength = 1 << 20;
        byte[] piece = new byte[(int)Math.Min(PieceLength, Bytes)];
        int elements = PieceLength / _type.Size;
        for (long first = 0; first < Count; first += elements)
        {
            Memory<byte> filled = piece.AsMemory(0, (int)Math.Min(elements, Count - first) * _type.Size);
            CopyBytes(first, filled.Span);
            yield return filled;
        }
    }

    /// <summary>The same elements with axes and metadata.</summary>
    internal DataArray With(IReadOnlyList<DataAxis> axes, IReadOnlyDictionary<string, string> metadata) =>
        new(_type, Shape, _store) { Axes = axes, Metadata = metadata };

    internal static DataArray Of(ReadOnlySpan<double> values, IReadOnlyList<int> shape) => new(
        Files.ElementType.Of<double>(), shape,
        new MemoryElements(MemoryMarshal.AsBytes(values).ToArray(), sizeof(double)));

    internal static string TextOf(IEnumerable<int> shape)
    {
        string[] lengths = [.. shape.Select(static length => length.ToString())];
        return lengths.Length == 1 ? $"({lengths[0]},)" : $"({string.Join(", ", lengths)})";
    }

    private const int PieceBytes = 1 << 18;

    private void CopyElements(long first, Span<float> values)
    {
        // In pieces, so that a spectrum image of a gigabyte needs no second gigabyte on the way.
        int piece = PieceBytes / _type.Size;
        byte[] bytes = ArrayPool<byte>.Shared.Rent(Math.Min(values.Length, piece) * _type.Size);
        try
        {
            while (values.Length > 0)
            {
                int count = Math.Min(values.Length, piece);
                Span<byte> elements = bytes.AsSpan(0, count * _type.Size);
                _store.Read(first, elements);
                _type.Convert(elements, values[..count]);
                values = values[count..];
                first += count;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private int RequireFewEnough() => Count <= Array.MaxLength
        ? (int)Count
        : throw new InvalidOperationException(
            $"An array of {ShapeText} does not fit into memory; read it frame by frame.");
}
