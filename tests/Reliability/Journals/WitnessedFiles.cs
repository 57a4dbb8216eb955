using DklActors.Journal.Files;
using DklActors.Reliability.Failpoints;

namespace DklActors.Reliability.Journals;

/// <summary>The file system, at each of whose durable steps the process can die, or the disk be full.</summary>
/// <param name="failpoint">Where to die.</param>
/// <param name="full">Where the disk is full.</param>
internal sealed class WitnessedFiles(ArmedFailpoint failpoint, FullDisk full) : IDurableFiles
{
    private readonly LocalFiles _inner = LocalFiles.Instance;
    private string _kind = string.Empty;

    public void MakeFolder(string path) => _inner.MakeFolder(path);

    public void Write(string path, ReadOnlySpan<byte> bytes)
    {
        _kind = KindOf(Path.GetFileNameWithoutExtension(path));
        Pass(FileStep.Unwritten, path);
        string torn = Failpoint.File(_kind, FileStep.Torn);
        bool isFull = full.IsDue(torn);
        if (failpoint.IsDue(torn) || isFull)
        {
            using (FileStream file = File.Create(path))
            {
                file.Write(bytes[..(bytes.Length / 2)]);
            }

            if (isFull)
            {
                throw FullDisk.ErrorAt(path);
            }

            failpoint.Die(torn);
        }

        _inner.Write(path, bytes);
        Pass(FileStep.Written, path);
    }

    public void Rename(string from, string to)
    {
        _inner.Rename(from, to);
        Pass(FileStep.Renamed, to);
    }

    public void SyncFolder(string path)
    {
        _inner.SyncFolder(path);
        Pass(FileStep.Synced, path);
    }

    private static string KindOf(string name) => Path.GetExtension(name).TrimStart('.');

    private void Pass(FileStep step, string path)
    {
        string here = Failpoint.File(_kind, step);
        failpoint.Pass(here);
        if (full.IsDue(here))
        {
            throw FullDisk.ErrorAt(path);
        }
    }
}
