namespace DklActors.Instruments.Files;

/// <summary>Named arrays in one place: an <c>.npz</c> archive, or a folder of <c>.npy</c> files.</summary>
public abstract class ArrayContainer : IDisposable
{
    private protected ArrayContainer(string path) => Path = path;

    /// <summary>The path as it was given.</summary>
    public string Path { get; }

    /// <summary>Names of the arrays, sorted.</summary>
    public abstract IReadOnlyList<string> Names { get; }

    /// <summary>Opens an archive or a folder; arrays are read when asked for.</summary>
    /// <exception cref="DataFileException">Absent, unreadable, or neither archive nor folder.</exception>
    public static ArrayContainer Open(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (Directory.Exists(path))
        {
            return new NpyFolder(path);
        }

        if (!File.Exists(path))
        {
            throw new DataFileException(path, null, "there is no such file or folder", "check the path of the data");
        }

        return path.EndsWith(".npy", StringComparison.OrdinalIgnoreCase)
            ? throw new DataFileException(
                path, null, "this is a single array, and image and frames are needed",
                "give the folder that holds the .npy files, or an .npz archive")
            : NpzFile.Open(path);
    }

    /// <exception cref="DataFileException">No such array, or it cannot be read.</exception>
    public NpyArray Read(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return ReadOrNull(name) ?? throw new DataFileException(
            Path, name, "there is no such array",
            Names.Count == 0 ? "the place holds no arrays at all" : $"use one of {string.Join(", ", Names.Take(20))}");
    }

    public abstract void Dispose();

    private protected abstract NpyArray? ReadOrNull(string name);
}
