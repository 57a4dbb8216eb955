namespace DklActors.Journal.Files;

/// <summary>A file that is there whole or as it was before, also after a power cut.</summary>
public static class DurableFile
{
    /// <summary>Puts a file in the place of one that may be there. Durable on return.</summary>
    /// <exception cref="IOException">No space, or the device refused; an older file is there still.</exception>
    public static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        string full = Path.GetFullPath(path);
        string written = full + ".new";
        LocalFiles.Instance.Write(written, bytes);
        LocalFiles.Instance.Rename(written, full);
        LocalFiles.Instance.SyncFolder(Path.GetDirectoryName(full)!);
    }
}
