using DklActors.Host.Commands;
using DklActors.Instruments.Files;

namespace DklActors.Host.Data.Simulating;

/// <summary>One deflated <c>.npz</c> archive and a recipe beside it.</summary>
internal sealed class ArchiveWriter : IDataSetWriter
{
    private readonly string _file;
    private readonly FileStream _stream;
    private readonly NpzWriter _archive;

    /// <exception cref="UsageException">The file is there already.</exception>
    public ArchiveWriter(string file, bool force)
    {
        if (!force && File.Exists(file))
        {
            throw new UsageException($"{file} is there already; name another file, or add --force to replace it.");
        }

        _file = Path.GetFullPath(file);
        Directory.CreateDirectory(Path.GetDirectoryName(_file)!);
        _stream = File.Create(Unfinished);
        _archive = new NpzWriter(_stream);
    }

    public string Place => _file;

    private string Unfinished => $"{_file}.partial";

    public void Add<T>(string name, int[] shape, IEnumerable<ReadOnlyMemory<T>> pieces)
        where T : unmanaged => _archive.AddPieces(name, shape, pieces);

    public void Complete(Func<string, string> recipeForData)
    {
        _archive.Dispose();
        _stream.Dispose();
        File.Move(Unfinished, _file, overwrite: true);
        File.WriteAllText(Path.ChangeExtension(_file, ".yaml"), recipeForData(Path.GetFileName(_file)));
    }

    public void Dispose()
    {
        _archive.Dispose();
        _stream.Dispose();
        File.Delete(Unfinished);
    }
}
