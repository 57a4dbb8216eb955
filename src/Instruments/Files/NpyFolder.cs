namespace DklActors.Instruments.Files;

/// <summary>A folder of <c>.npy</c> files, named after their arrays.</summary>
internal sealed class NpyFolder : ArrayContainer
{
    private const string Extension = ".npy";

    public NpyFolder(string path)
        : base(path) => Names = ListNames(path);

    public override IReadOnlyList<string> Names { get; }

    public override void Dispose()
    {
        // Files are open only while they are read.
    }

    // Only names that the folder listed: a name cannot lead out of it.
    private protected override NpyArray? ReadOrNull(string name) =>
        Names.Contains(name, StringComparer.Ordinal)
            ? ReadFile(System.IO.Path.Combine(Path, name + Extension))
            : null;

    private static string[] ListNames(string folder)
    {
        try
        {
            return [.. Directory
                .EnumerateFiles(folder, "*" + Extension)
                .Select(static file => System.IO.Path.GetFileNameWithoutExtension(file))
                .Order(StringComparer.Ordinal)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DataFileException(
                folder, null, $"the folder cannot be listed ({exception.Message})",
                "check the folder and its permissions", exception);
        }
    }

    private static NpyArray ReadFile(string file)
    {
        try
        {
            using FileStream stream = File.OpenRead(file);
            return NpyReader.Read(stream, stream.Length, file, null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DataFileException(
                file, null, $"the file cannot be read ({exception.Message})", "check the file and its permissions",
                exception);
        }
    }
}
