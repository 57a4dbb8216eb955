using System.Text;
using DklActors.Instruments.Files.Elements;

namespace DklActors.Instruments.Files.Hdf5;

/// <summary>An array of an HDF5 file.</summary>
/// <param name="path">Names from the root.</param>
/// <param name="address">What references to it hold.</param>
/// <param name="attributes">Its attributes.</param>
/// <param name="shape">Lengths of its dimensions.</param>
internal sealed class Hdf5Dataset(
    string path, long address, IReadOnlyList<Hdf5Attribute> attributes, IReadOnlyList<int> shape)
    : Hdf5Object(path, address, attributes)
{
    /// <summary>Lengths of its dimensions, slowest first; empty for one value.</summary>
    public IReadOnlyList<int> Shape => shape;

    public long Count { get; } = shape.Aggregate(1L, static (product, length) => checked(product * length));

    /// <summary>Type of its elements; null where they are no numbers that are read here.</summary>
    public ElementType? Type { get; init; }

    /// <summary>What the elements are, in words, where they are no numbers.</summary>
    public string TypeText { get; init; } = "";

    /// <summary>Where its elements lie; null where they are no numbers, or cannot be read.</summary>
    public ElementStore? Store { get; init; }

    /// <summary>Why they cannot be read.</summary>
    public string? Problem { get; init; }

    /// <summary>Reads texts; null where it holds none.</summary>
    public Func<IReadOnlyList<string>>? ReadTexts { get; init; }

    /// <summary>Its name-value pairs of a compound of one element; empty where it is none.</summary>
    public IReadOnlyList<Hdf5Attribute> Fields { get; init; } = [];

    /// <summary>Whether its elements are numbers, as data are.</summary>
    public bool IsNumeric => Type is not null;

    /// <exception cref="DataFileException">Its elements are no numbers or cannot be read.</exception>
    public DataArray ToArray(
        string file, IReadOnlyList<DataAxis>? axes = null, IReadOnlyDictionary<string, string>? metadata = null)
    {
        if (Type is not { } type || Store is not { } store)
        {
            throw new DataFileException(
                file, null, $"the dataset {Path} is {Problem ?? $"of {TypeText}, and numbers are needed"}",
                "save it again as plain numbers, uncompressed or with deflate");
        }

        return new DataArray(type, shape, store)
        {
            Axes = axes ?? DataAxis.Plain(shape),
            Metadata = metadata ?? DataArray.NoMetadata,
        };
    }

    /// <summary>A few numbers, such as the values of an axis; null where there are more or none.</summary>
    public double[]? Numbers(int most = 1 << 20) =>
        Type is { } type && Store is { } store && Count <= most ? new DataArray(type, shape, store).ToDoubles() : null;

    /// <summary>Bytes of characters up to the first null, as a text; null where they are no bytes.</summary>
    public string? BytesAsText(int most = 1 << 20)
    {
        if (Type is not { Size: 1 } || Store is not { } store)
        {
            return null;
        }

        byte[] bytes = new byte[Math.Min(Count, most)];
        store.Read(0, bytes);
        int end = Array.IndexOf(bytes, (byte)0);
        return Encoding.UTF8.GetString(bytes, 0, end < 0 ? bytes.Length : end);
    }
}
