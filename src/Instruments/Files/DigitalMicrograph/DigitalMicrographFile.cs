namespace DklActors.Instruments.Files.DigitalMicrograph;

/// <summary>
/// A file of Gatan DigitalMicrograph, <c>.dm3</c> or <c>.dm4</c>. As a container of arrays it holds <c>data</c>, the
/// image as stored, and where the file is calibrated <c>energy</c>, the channels in eV, and <c>pixel_size</c>, one
/// number in nm. Further images of the same file are <c>data-2</c> and so on.
/// </summary>
public sealed class DigitalMicrographFile : ArrayContainer
{
    private readonly FileStream _stream;
    private readonly Dictionary<string, (DigitalMicrographImage Image, Func<NpyArray> Read)> _arrays;

    private DigitalMicrographFile(
        string path, FileStream stream, int version, IReadOnlyList<DigitalMicrographImage> images)
        : base(path)
    {
        _stream = stream;
        Version = version;
        Images = images;
        _arrays = new(StringComparer.Ordinal);
        for (int i = 0; i < images.Count; i++)
        {
            AddArrays(images[i], i == 0 ? "" : $"-{i + 1}");
        }

        Names = [.. _arrays.Keys.Order(StringComparer.Ordinal)];
    }

    /// <summary>3 or 4.</summary>
    public int Version { get; }

    /// <summary>The images without the thumbnail, in the order of the file.</summary>
    public IReadOnlyList<DigitalMicrographImage> Images { get; }

    public override IReadOnlyList<string> Names { get; }

    /// <summary>Reads the tags; pixels are read when asked for, while this is not disposed.</summary>
    /// <exception cref="DataFileException">Unreadable, no such file, or damaged; says at which byte.</exception>
    public static new DigitalMicrographFile Open(string path)
    {
        FileStream? stream = null;
        try
        {
            stream = File.OpenRead(path);
            var reader = new TagReader(stream, path);
            IReadOnlyList<DigitalMicrographImage> images =
                new ImageListReader(path, reader).Read(reader.ReadTree());
            return new DigitalMicrographFile(path, stream, reader.Version, images);
        }
        catch (DataFileException)
        {
            stream?.Dispose();
            throw;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            stream?.Dispose();
            throw new DataFileException(
                path, null, $"the file cannot be read ({exception.Message})", "check the file and its permissions",
                exception);
        }
    }

    /// <summary>Title of the image that an array belongs to.</summary>
    public override string LabelOf(string name) =>
        _arrays.TryGetValue(name, out var array) && array.Image.Title.Length > 0 ? array.Image.Title : name;

    public override void Dispose() => _stream.Dispose();

    private protected override NpyArray? ReadOrNull(string name) =>
        _arrays.TryGetValue(name, out var array) ? array.Read() : null;

    private void AddArrays(DigitalMicrographImage image, string suffix)
    {
        _arrays.Add($"data{suffix}", (image, image.Read));
        if (image.Energies is { } energies)
        {
            _arrays.Add($"energy{suffix}", (image, () => NpyArray.Of(energies, [energies.Length])));
        }

        if (image.PixelSizeInNanometres is { } size)
        {
            _arrays.Add($"pixel_size{suffix}", (image, () => NpyArray.Of([size], [])));
        }
    }
}
