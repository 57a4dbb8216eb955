namespace DklActors.Instruments.Files.DigitalMicrograph;

/// <summary>A file of Gatan DigitalMicrograph, <c>.dm3</c> or <c>.dm4</c>; each image but the thumbnail is a signal.
/// </summary>
public sealed class DigitalMicrographFile : SignalContainer
{
    private readonly DataFile _file;

    private DigitalMicrographFile(DataFile file, int version, IReadOnlyList<DigitalMicrographImage> images)
        : base(file.Path)
    {
        _file = file;
        Version = version;
        Images = images;
        AddSignals([.. images.Select(static image => image.ToSignal())]);
    }

    /// <summary>3 or 4.</summary>
    public int Version { get; }

    /// <summary>The images without the thumbnail, in the order of the file.</summary>
    public IReadOnlyList<DigitalMicrographImage> Images { get; }

    public override string Format => $"DigitalMicrograph {Version}";

    /// <summary>Reads the tags; pixels are read when asked for, while this is not disposed.</summary>
    /// <exception cref="DataFileException">Unreadable, no such file, or damaged; says at which byte.</exception>
    public static new DigitalMicrographFile Open(string path)
    {
        DataFile? file = null;
        try
        {
            file = DataFile.Open(path);
            using FileStream stream = File.OpenRead(path);
            var reader = new TagReader(stream, path);
            IReadOnlyList<DigitalMicrographImage> images =
                new ImageListReader(file, reader).Read(reader.ReadTree());
            return new DigitalMicrographFile(file, reader.Version, images);
        }
        catch (DataFileException)
        {
            file?.Dispose();
            throw;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            file?.Dispose();
            throw new DataFileException(
                path, null, $"the file cannot be read ({exception.Message})", "check the file and its permissions",
                exception);
        }
    }

    public override void Dispose() => _file.Dispose();
}
