namespace DklActors.Instruments.Files.Hdf5;

/// <summary>A group or a dataset of an HDF5 file, with its attributes.</summary>
/// <param name="path">Names from the root, such as <c>/Experiments/scan</c>.</param>
/// <param name="address">What references to it hold.</param>
/// <param name="attributes">Its attributes; those that cannot be read are left out.</param>
internal abstract class Hdf5Object(string path, long address, IReadOnlyList<Hdf5Attribute> attributes)
{
    public string Path => path;

    public string Name => path[(path.LastIndexOf('/') + 1)..];

    public long Address => address;

    public IReadOnlyList<Hdf5Attribute> Attributes => attributes;

    public Hdf5Attribute? Find(string attribute) => attributes.FirstOrDefault(known => known.Name == attribute);

    /// <summary>The text of an attribute; null where there is none.</summary>
    public string? Text(string attribute) => Find(attribute)?.Texts is [var text, ..] ? text : null;

    /// <summary>The number of an attribute; null where there is none.</summary>
    public double? Number(string attribute) => Find(attribute)?.Numbers is [var number, ..] ? number : null;
}
