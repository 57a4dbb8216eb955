namespace DklActors.Journal.Files;

/// <summary>The file system of this machine.</summary>
public sealed class LocalFiles : IDurableFiles
{
    public static LocalFiles Instance { get; } = new();

    public void MakeFolder(string path)
    {
        if (!Directory.Exists(path) && Path.GetDirectoryName(path) is { Length: > 0 } parent)
        {
            MakeFolder(parent);
            Directory.CreateDirectory(path);
            SyncFolder(parent);
        }
    }

    public void Write(string path, ReadOnlySpan<byte> bytes)
    {
        using var file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            BufferSize = 0,
        });
        file.Write(bytes);
        file.Flush(flushToDisk: true);
    }

    public void Rename(string from, string to) => File.Move(from, to, overwrite: true);

    public void SyncFolder(string path) => FolderSync.Run(path);
}
