namespace DklActors.Instruments.Files;

/// <summary>A folder of <c>.npy</c> files, named after their arrays.</summary>
internal sealed class NpyFolder : ArrayContainer
{
    private const string Extension = ".npy";

    // A file is opened when its array is asked for, and stays open since the elements stay in it.
    private readonly List<DataFile> _files = [];
    private readonly Dictionary<string, DataArray> _arrays = new(StringComparer.Ordinal);

    public NpyFolder(string path)
        : base(path) => Names = ListNames(path);

    public override string Format => "folder of NumPy arrays (.npy)";

    public override IReadOnlyList<string> Names { get; }

    public override void Dispose()
    {
        foreach (DataFile file in _files)
        {
            file.Dispose();
        }
    }

    // Only names that the folder listed: a name cannot lead out of it.
    private protected override DataArray? ReadOrNull(string name)
    {
        if (!_arrays.TryGetValue(name, out DataArray? array) && Names.Contains(name, StringComparer.Ordinal))
        {
            array = ReadFile(System.IO.Path.Combine(Path, name + Extension));
            _arrays.Add(name, array);
        }

        return array;
    }

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

    private DataArray ReadFile(string path)
    {
        DataFile file = DataFile.Open(path);
        _files.Add(file);
        return NpyReader.Open(file, 0, file.Length, path, null);
    }
}
