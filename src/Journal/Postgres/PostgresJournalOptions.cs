using DklActors.Journal.Files;

namespace DklActors.Journal.Postgres;

/// <summary>How one run is written into a journal that PostgreSQL keeps, perhaps for several daemons.</summary>
/// <param name="Connection">
/// Npgsql's connection string. Its <c>Search Path</c> names the schema of the journal; a password is better left to
/// PGPASSWORD or ~/.pgpass. Not through a pooler that shares a session between transactions.
/// </param>
/// <param name="Stream">The run: the one stream that may be appended to.</param>
/// <param name="Folder">Where the contents of this run are kept, in folders of their own.</param>
/// <param name="WriterId">Who writes, for the writer table and every row: host and process.</param>
/// <param name="Deadline">Longest time an append may take; after it the request counts as failed.</param>
/// <param name="QueueLimit">Requests that may wait; one more is refused at once.</param>
public sealed record PostgresJournalOptions(
    string Connection, string Stream, string Folder, string WriterId, TimeSpan Deadline, int QueueLimit = 1024)
{
    /// <summary>How contents become durable.</summary>
    public IDurableFiles Files { get; init; } = LocalFiles.Instance;

    public static TimeSpan DefaultDeadline { get; } = TimeSpan.FromSeconds(10);

    /// <summary>Without the connection string, which may hold a password.</summary>
    public override string ToString() => $"{nameof(PostgresJournalOptions)} {{ {Stream}, {Folder}, {WriterId} }}";
}
