namespace DklActors.Journal.Files;

/// <summary>
/// What a content folder asks of the file system, one durable step at a time, so that each step can be made to fail.
/// </summary>
public interface IDurableFiles
{
    /// <summary>Makes a folder, and its name durable; nothing where it is there already.</summary>
    void MakeFolder(string path);

    /// <summary>Makes a file anew; its bytes are durable then, its name after <see cref="SyncFolder"/>.</summary>
    /// <exception cref="IOException">No space, or the device refused.</exception>
    void Write(string path, ReadOnlySpan<byte> bytes);

    /// <summary>Gives a file its name, over one that may be there; durable after <see cref="SyncFolder"/>.</summary>
    void Rename(string from, string to);

    /// <summary>Makes the names in a folder durable.</summary>
    void SyncFolder(string path);
}
