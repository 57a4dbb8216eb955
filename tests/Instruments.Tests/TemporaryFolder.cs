using DklActors.Instruments.Files;

namespace DklActors.Instruments.Tests;

/// <summary>A folder of its own for each test, gone afterwards.</summary>
public sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dkl-instruments-");

    public string Path => _folder.FullName;

    public string Write(string name, ReadOnlySpan<byte> content)
    {
        string path = System.IO.Path.Combine(Path, name);
        File.WriteAllBytes(path, content);
        return path;
    }

    /// <summary>Writes an archive of arrays.</summary>
    public string WriteNpz(string name, Action<NpzWriter> add)
    {
        string path = System.IO.Path.Combine(Path, name);
        using FileStream stream = File.Create(path);
        using NpzWriter writer = new(stream);
        add(writer);
        return path;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
