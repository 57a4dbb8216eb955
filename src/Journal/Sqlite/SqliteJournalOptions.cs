namespace DklActors.Journal.Sqlite;

/// <summary>How a journal file is written.</summary>
/// <param name="Path">The file; made when absent.</param>
/// <param name="WriterId">Who writes, for the writer table and every row: host and process.</param>
/// <param name="Deadline">Longest time an append may take; after it the request counts as failed.</param>
/// <param name="QueueLimit">Requests that may wait; one more is refused at once.</param>
public sealed record SqliteJournalOptions(string Path, string WriterId, TimeSpan Deadline, int QueueLimit = 1024)
{
    public static SqliteJournalOptions For(string path, string writerId) =>
        new(path, writerId, TimeSpan.FromSeconds(10));
}
