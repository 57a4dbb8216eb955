namespace DklActors.Journal.Tests.PowerLoss;

/// <summary>One thing that a process asked of the file system, in the order of its completion.</summary>
internal abstract record DiskOperation(string Path)
{
    /// <summary>A new file, or a new folder.</summary>
    public sealed record Make(string Path, bool IsFolder) : DiskOperation(Path);

    /// <summary>Bytes at an offset; at the end of the file where there is none.</summary>
    public sealed record Write(string Path, long? Offset, byte[] Bytes) : DiskOperation(Path);

    public sealed record Truncate(string Path, long Length) : DiskOperation(Path);

    public sealed record Rename(string Path, string To) : DiskOperation(Path);

    public sealed record Remove(string Path) : DiskOperation(Path);

    /// <summary>fsync or fdatasync on a file or a folder: what was asked of it before is durable.</summary>
    public sealed record Sync(string Path) : DiskOperation(Path);
}
