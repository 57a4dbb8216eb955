using DklActors.Host.Commands;
using DklActors.Instruments.Files;

namespace DklActors.Host.Data.Simulating;

/// <summary>A folder of <c>.npy</c> files and a <c>recipe.yaml</c>.</summary>
internal sealed class FolderWriter : IDataSetWriter
{
    private const string Unfinished = ".partial";

    private readonly string _folder;
    private readonly List<string> _files = [];

    /// <exception cref="UsageException">The folder holds something already.</exception>
    public FolderWriter(string folder, bool force)
    {
        if (!force && Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
        {
            throw new UsageException($"{folder} is not empty; name a new folder, or add --force to write into it.");
        }

        _folder = Directory.CreateDirectory(folder).FullName;
    }

    public string Place => _folder;

    public void Add<T>(string name, int[] shape, IEnumerable<ReadOnlyMemory<T>> pieces)
        where T : unmanaged
    {
        string file = Path.Combine(_folder, $"{name}.npy");
        _files.Add(file);
        using FileStream stream = File.Create(file + Unfinished);
        NpyStreamWriter.Write(stream, shape, pieces);
    }

    public void Complete(Func<string, string> recipeForData)
    {
        foreach (string file in _files)
        {
            File.Move(file + Unfinished, file, overwrite: true);
        }

        _files.Clear();
        File.WriteAllText(Path.Combine(_folder, "recipe.yaml"), recipeForData("."));
    }

    public void Dispose()
    {
        foreach (string file in _files)
        {
            File.Delete(file + Unfinished);
        }
    }
}
