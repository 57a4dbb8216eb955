namespace DklActors.Instruments.Files;

/// <summary>
/// Named arrays in one place: an <c>.npz</c> archive, a folder of <c>.npy</c> files, or a file of one of the formats
/// that microscopes and their software write.
/// </summary>
public abstract class ArrayContainer : IDisposable
{
    private protected ArrayContainer(string path) => Path = path;

    /// <summary>The path as it was given.</summary>
    public string Path { get; }

    /// <summary>What kind of file it is, for people.</summary>
    public abstract string Format { get; }

    /// <summary>Names of the arrays, sorted.</summary>
    public abstract IReadOnlyList<string> Names { get; }

    /// <summary>Opens a file by what it begins with, or a folder; arrays are read when asked for.</summary>
    /// <exception cref="DataFileException">Absent, unreadable, or none of those.</exception>
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

        return FormatDetector.Open(path);
    }

    /// <summary>Like <see cref="Open"/>, and a single <c>.npy</c> file too, whose array is <c>data</c>.</summary>
    /// <exception cref="DataFileException">Absent, unreadable, or none of those.</exception>
    public static ArrayContainer OpenAny(string path) =>
        System.IO.Path.GetExtension(path).Equals(".npy", StringComparison.OrdinalIgnoreCase) && File.Exists(path)
            ? NpyFile.Open(path)
            : Open(path);

    /// <exception cref="DataFileException">No such array, or it cannot be read.</exception>
    public DataArray Read(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return ReadOrNull(name) ?? throw new DataFileException(
            Path, name, "there is no such array",
            Names.Count == 0 ? "the place holds no arrays at all" : $"use one of {string.Join(", ", Names.Take(20))}");
    }

    /// <summary>What people call an array, for titles and axes; its name where the place knows no better one.</summary>
    public virtual string LabelOf(string name) => name;

    public abstract void Dispose();

    private protected abstract DataArray? ReadOrNull(string name);
}
