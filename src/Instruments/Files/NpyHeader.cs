using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace DklActors.Instruments.Files;

/// <summary>The head of an <c>.npy</c> file, versions 1 to 3 (NumPy enhancement proposal 1).</summary>
/// <param name="Type">Element type.</param>
/// <param name="Shape">Lengths of the dimensions.</param>
/// <param name="DataBytes">Length of the data after the header.</param>
/// <param name="HeaderBytes">Length of everything before the data.</param>
internal sealed partial record NpyHeader(ElementType Type, IReadOnlyList<int> Shape, long DataBytes, int HeaderBytes)
{
    // NumPy itself refuses longer headers unless told to trust the file.
    private const int LongestHeader = 10_000;

    private const string Remedy = "save the array again with numpy.save or numpy.savez";

    /// <summary>Reads the header and leaves the stream at the data.</summary>
    /// <exception cref="DataFileException">Not an array file, or of a kind that is not read here.</exception>
    /// <exception cref="EndOfStreamException">The stream ends within the header.</exception>
    public static NpyHeader Read(Stream stream, string file, string? array)
    {
        Span<byte> start = stackalloc byte[8];
        stream.ReadExactly(start);
        if (start[0] != 0x93 || !start[1..6].SequenceEqual("NUMPY"u8))
        {
            throw new DataFileException(file, array, "this is not a NumPy array (the magic bytes are missing)", Remedy);
        }

        int version = start[6];
        if (version is < 1 or > 3)
        {
            throw new DataFileException(
                file, array, $"this is a NumPy array of format version {version}, and 1 to 3 are read", Remedy);
        }

        Span<byte> lengthBytes = stackalloc byte[version == 1 ? 2 : 4];
        stream.ReadExactly(lengthBytes);
        uint length = version == 1
            ? BinaryPrimitives.ReadUInt16LittleEndian(lengthBytes)
            : BinaryPrimitives.ReadUInt32LittleEndian(lengthBytes);
        if (length > LongestHeader)
        {
            throw new DataFileException(
                file, array, $"the header claims {length} bytes, more than {LongestHeader}", Remedy);
        }

        byte[] text = new byte[length];
        stream.ReadExactly(text);
        string dictionary = (version == 3 ? Encoding.UTF8 : Encoding.Latin1).GetString(text);
        return Parse(dictionary, start.Length + lengthBytes.Length + (int)length, file, array);
    }

    private static NpyHeader Parse(string dictionary, int headerBytes, string file, string? array)
    {
        Match type = TypePattern().Match(dictionary);
        Match order = OrderPattern().Match(dictionary);
        Match shape = ShapePattern().Match(dictionary);
        if (!type.Success || !order.Success || !shape.Success)
        {
            string problem = dictionary.Contains("'descr': [", StringComparison.Ordinal)
                ? "this is a structured array, and plain numbers are needed"
                : "the header is damaged";
            throw new DataFileException(file, array, problem, Remedy);
        }

        if (ElementType.Parse(type.Groups[1].Value) is not { } element)
        {
            throw new DataFileException(
                file, array, $"the element type '{type.Groups[1].Value}' is not read here",
                $"convert the array with astype to {ElementType.Supported}");
        }

        (int[] lengths, long dataBytes) = ParseShape(shape.Groups[1].Value, element, file, array);
        if (order.Groups[1].Value == "True" && lengths.Length > 1)
        {
            throw new DataFileException(
                file, array, $"the shape {DataArray.TextOf(lengths)} is in Fortran order, and C order is needed",
                "save numpy.ascontiguousarray of it");
        }

        return new NpyHeader(element, lengths, dataBytes, headerBytes);
    }

    private static (int[] Lengths, long DataBytes) ParseShape(
        string text, ElementType element, string file, string? array)
    {
        try
        {
            int[] lengths = [.. text
                .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(static length => int.Parse(length, NumberStyles.None, CultureInfo.InvariantCulture))];
            long dataBytes = lengths.Aggregate(
                (long)element.Size, static (product, length) => checked(product * length));
            return (lengths, dataBytes);
        }
        catch (Exception exception) when (exception is OverflowException or FormatException)
        {
            throw new DataFileException(
                file, array, $"the shape ({text}) is not one, or larger than any array can be", Remedy, exception);
        }
    }

    [GeneratedRegex(@"'descr':\s*'([^']*)'")]
    private static partial Regex TypePattern();

    [GeneratedRegex(@"'fortran_order':\s*(True|False)")]
    private static partial Regex OrderPattern();

    [GeneratedRegex(@"'shape':\s*\(([0-9, ]*)\)")]
    private static partial Regex ShapePattern();
}
