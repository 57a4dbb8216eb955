using DklActors.Journal.Files;

namespace DklActors.Journal.Sqlite;

/// <summary>How a journal file is written.</summary>
/// <param name="Path">The file; made when absent. Contents go into folders beside it.</param>
/// <param name="WriterId">Who writes, for the writer table and every row: host and process.</param>
/// <param name="Deadline">Longest time an append may take; after it the request counts as failed.</param>
/// <param name="QueueLimit">Requests that may wait; one more is refused at once.</param>
public sealed record SqliteJournalOptions(string Path, string WriterId, TimeSpan Deadline, int QueueLimit = 1024)
{
    /// <summary>How contents become durable.</summary>
    public IDurableFiles Files { get; init; } = LocalFiles.Instance;

    /// <summary>Pages of the write-ahead log after which it is written back; SQLite's own default.</summary>
    internal int CheckpointPages { get; init; } = 1000;

    public static SqliteJournalOptions For(string path, string writerId) =>
        new(path, writerId, TimeSpan.FromSeconds(10));

    internal static string FolderOf(string path) => System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!;
}
