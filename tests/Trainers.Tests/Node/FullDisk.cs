using DklActors.Journal.Files;

namespace DklActors.Trainers.Tests.Node;

/// <summary>A disk that takes half of a file and then has no room.</summary>
internal sealed class FullDisk : IDurableFiles
{
    public bool IsFull { get; set; }

    public void MakeFolder(string path) => LocalFiles.Instance.MakeFolder(path);

    public void Write(string path, ReadOnlySpan<byte> bytes)
    {
        LocalFiles.Instance.Write(path, IsFull ? bytes[..(bytes.Length / 2)] : bytes);
        if (IsFull)
        {
            throw new IOException("No space left on device");
        }
    }

    public void Rename(string from, string to) => LocalFiles.Instance.Rename(from, to);

    public void SyncFolder(string path) => LocalFiles.Instance.SyncFolder(path);
}
