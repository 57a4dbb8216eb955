using System.Collections.Immutable;
using DklActors.Journal.Storage;

namespace DklActors.Journal.Sqlite;

/// <summary>A journal to read from only: no epoch begins, and no writer is fenced off.</summary>
public sealed class SqliteJournalFile
{
    private readonly SqliteReader _reader;

    private SqliteJournalFile(SqliteReader reader) => _reader = reader;

    /// <inheritdoc cref="IEventStore.Streams"/>
    public ImmutableArray<string> Streams => _reader.ReadStreams();

    /// <exception cref="JournalException">The file cannot be opened, or is not a journal of this version.</exception>
    public static SqliteJournalFile Open(string path)
    {
        var reader = new SqliteReader(path);
        reader.RequireJournal();
        return new SqliteJournalFile(reader);
    }

    /// <inheritdoc cref="IEventStore.Read"/>
    public IEnumerable<StoredEvent> Read(string stream) => _reader.Read(stream, afterSequence: 0);

    /// <inheritdoc cref="IEventStore.ReadContent"/>
    public ReadOnlyMemory<byte> ReadContent(ContentHash hash) => _reader.ReadContent(hash);
}
