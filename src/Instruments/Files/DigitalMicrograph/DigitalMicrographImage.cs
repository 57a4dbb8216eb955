using System.Runtime.InteropServices;

namespace DklActors.Instruments.Files.DigitalMicrograph;

/// <summary>
/// One image, spectrum or spectrum image of a DigitalMicrograph file. Dimensions stand slowest first, rows before
/// columns; an axis of energy stands last, however the file stores it.
/// </summary>
public sealed class DigitalMicrographImage
{
    private readonly string _file;
    private readonly TagReader _reader;
    private readonly TagValue.Block _data;
    private readonly NpyElementType? _type;
    private readonly string? _problem;

    // Dimension of the file, slowest first, that has to be moved to the end; the last where none has to.
    private readonly int _moved;

    internal DigitalMicrographImage(
        string file,
        TagReader reader,
        string title,
        TagValue.Block data,
        (NpyElementType? Type, string? Problem) pixels,
        IReadOnlyList<(int Length, AxisCalibration Calibration)> stored,
        int moved)
    {
        _file = file;
        _reader = reader;
        _data = data;
        (_type, _problem) = pixels;
        _moved = moved;
        Title = title;
        (int Length, AxisCalibration Calibration)[] ordered =
            [.. stored.Where((_, i) => i != moved), stored[moved]];
        Shape = [.. ordered.Select(static axis => axis.Length)];
        Axes = [.. ordered.Select(static axis => axis.Calibration)];
    }

    /// <summary>Name of the image in its file; may be empty.</summary>
    public string Title { get; }

    /// <summary>Lengths of the dimensions, slowest first.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>Calibration of each dimension.</summary>
    public IReadOnlyList<AxisCalibration> Axes { get; }

    /// <summary>What a stored value means; <see cref="Read"/> gives values as stored.</summary>
    public required IntensityCalibration Intensity { get; init; }

    /// <summary>Energies of the channels, eV; null where the last axis is none of energy.</summary>
    public double[]? Energies => Axes[^1].ElectronVoltsPerUnit is { } unit
        ? [.. Enumerable.Range(0, Shape[^1]).Select(channel => Axes[^1][channel] * unit)]
        : null;

    /// <summary>Edge of a pixel, nm; null where rows and columns are not calibrated, or not alike.</summary>
    public double? PixelSizeInNanometres
    {
        get
        {
            const double Tolerance = 1e-6;
            double?[] sizes =
            [
                .. Axes.Where(static axis => axis.ElectronVoltsPerUnit is null)
                    .Select(static axis => axis.Scale * axis.NanometresPerUnit),
            ];
            return sizes.Length > 0 && sizes[0] is { } first && first > 0
                && sizes.All(size => Math.Abs((size ?? double.NaN) - first) <= Tolerance * first)
                ? first
                : null;
        }
    }

    /// <summary>The values as stored, row-major.</summary>
    /// <exception cref="DataFileException">Complex or coloured pixels, too large, or truncated.</exception>
    public NpyArray Read()
    {
        if (_type is not { } type)
        {
            throw new DataFileException(
                _file, null, $"the pixels of '{Title}' are {_problem}, and real numbers are needed",
                "convert the image in DigitalMicrograph, such as to its modulus, and save it again");
        }

        if (_data.Bytes > NpyReader.MostBytes)
        {
            throw new DataFileException(
                _file, null,
                $"the image '{Title}' of shape {NpyArray.TextOf(Shape)} takes {_data.Bytes} bytes, and at most "
                + $"{NpyReader.MostBytes} can be held", "cut or bin it, or store a smaller data type");
        }

        byte[] bytes = _reader.ReadBytes(_data);
        int length = Shape[^1];
        int before = Shape.Take(_moved).Aggregate(1, static (product, next) => product * next);
        int after = bytes.Length / type.Size / length / before;
        return new NpyArray(type, Shape, after == 1 ? bytes : type.Size switch
        {
            1 => MoveToEnd<byte>(bytes, before, length, after),
            2 => MoveToEnd<ushort>(bytes, before, length, after),
            4 => MoveToEnd<uint>(bytes, before, length, after),
            _ => MoveToEnd<ulong>(bytes, before, length, after),
        });
    }

    /// <summary>Before × length × after becomes before × after × length.</summary>
    private static byte[] MoveToEnd<T>(byte[] bytes, int before, int length, int after)
        where T : unmanaged
    {
        byte[] moved = new byte[bytes.Length];
        ReadOnlySpan<T> from = MemoryMarshal.Cast<byte, T>(bytes);
        Span<T> to = MemoryMarshal.Cast<byte, T>(moved.AsSpan());
        for (int a = 0; a < before; a++)
        {
            int block = a * length * after;
            for (int b = 0; b < after; b++)
            {
                int target = block + (b * length);
                for (int i = 0; i < length; i++)
                {
                    to[target + i] = from[block + (i * after) + b];
                }
            }
        }

        return moved;
    }
}
