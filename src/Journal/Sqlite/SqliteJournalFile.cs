using System.Collections.Immutable;
using DklActors.Journal.Integrity;
using DklActors.Journal.Storage;

namespace DklActors.Journal.Sqlite;

/// <summary>A journal in a SQLite file, to read from only.</summary>
public sealed class SqliteJournalFile : IJournalReader
{
    private readonly SqliteReader _reader;

    private SqliteJournalFile(SqliteReader reader) => _reader = reader;

    public ImmutableArray<string> Streams => _reader.ReadStreams();

    /// <exception cref="JournalException">The file cannot be opened, or is not a journal of this version.</exception>
    public static SqliteJournalFile Open(string path)
    {
        var reader = new SqliteReader(path);
        reader.RequireJournal();
        return new SqliteJournalFile(reader);
    }

    public IEnumerable<StoredEvent> Read(string stream, long afterSequence = 0) => _reader.Read(stream, afterSequence);

    public StateSnapshot? LatestSnapshot(string stream, string manifest) => _reader.LatestSnapshot(stream, manifest);

    public ReadOnlyMemory<byte> ReadContent(ContentHash hash) => _reader.ReadContent(hash);

    public ChainReport Verify() => ChainVerifier.Verify(_reader);
}
