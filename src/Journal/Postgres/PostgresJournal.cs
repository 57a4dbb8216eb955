using System.Collections.Immutable;
using DklActors.Journal.Contents;
using DklActors.Journal.Integrity;
using DklActors.Journal.Storage;

namespace DklActors.Journal.Postgres;

/// <summary>A journal that PostgreSQL keeps, to read from only; the contents of one run are beside it.</summary>
public sealed class PostgresJournal : IJournalReader
{
    private readonly PostgresReader _reader;

    private PostgresJournal(PostgresReader reader) => _reader = reader;

    /// <summary>Those of every run in the shared journal.</summary>
    public ImmutableArray<string> Streams => _reader.ReadStreams();

    /// <param name="connection">As in <see cref="PostgresJournalOptions.Connection"/>.</param>
    /// <param name="stream">The run whose contents are at hand.</param>
    /// <param name="folder">Where they are.</param>
    /// <exception cref="JournalException">There is no server, or no journal of this version.</exception>
    public static PostgresJournal Open(string connection, string stream, string folder)
    {
        var connector = new PostgresConnector(connection, PostgresJournalOptions.DefaultDeadline);
        var reader = new PostgresReader(connector, stream, new ContentFolder(folder));
        reader.RequireJournal();
        return new PostgresJournal(reader);
    }

    public IEnumerable<StoredEvent> Read(string stream, long afterSequence = 0) => _reader.Read(stream, afterSequence);

    public StateSnapshot? LatestSnapshot(string stream, string manifest) => _reader.LatestSnapshot(stream, manifest);

    public ReadOnlyMemory<byte> ReadContent(ContentHash hash) => _reader.ReadContent(hash);

    /// <summary>
    /// Recomputes the chain of all runs, for it is one; contents are checked of the run at hand.
    /// </summary>
    public ChainReport Verify() => ChainVerifier.Verify(_reader);
}
