using System.Collections.Immutable;
using DklActors.Journal.Contents;
using DklActors.Journal.Integrity;
using DklActors.Journal.Storage;
using DklActors.Journal.Writing;
using Npgsql;

namespace DklActors.Journal.Postgres;

/// <summary>
/// One run's part of a journal that PostgreSQL keeps: any number of daemons write their runs into one gapless, hash-
/// chained sequence. Opening begins a new epoch of this run, which fences off earlier writers of it and no others.
/// </summary>
public sealed class PostgresEventStore : IEventStore
{
    private readonly PostgresReader _reader;
    private readonly JournalWriter _writer;
    private readonly string _stream;

    private PostgresEventStore(PostgresReader reader, JournalWriter writer, string stream, int epoch)
    {
        _reader = reader;
        _writer = writer;
        _stream = stream;
        Epoch = epoch;
    }

    public int Epoch { get; }

    /// <summary>Those of every run in the shared journal.</summary>
    public ImmutableArray<string> Streams => _reader.ReadStreams();

    /// <summary>Opens or creates a journal for writing one run, and begins a new epoch of that run.</summary>
    /// <exception cref="JournalException">
    /// There is no server, it does not keep what it confirms, or there is something else in the place of a journal.
    /// </exception>
    public static PostgresEventStore Open(PostgresJournalOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentException.ThrowIfNullOrEmpty(options.Stream);
        var connector = new PostgresConnector(options.Connection, options.Deadline);
        // A commit gives up before its caller does, so that the caller learns what it was that failed.
        TimeSpan patience = 0.8 * options.Deadline;
        var backoff = new Backoff(time, patience, PostgresCommitter.SeedOf(options.WriterId));
        while (true)
        {
            try
            {
                return Open(options, time, connector, patience);
            }
            catch (Exception exception) when (
                exception is NpgsqlException or IOException or InvalidOperationException or InvalidDataException)
            {
                if (!PostgresFaults.IsRestarting(exception) || !backoff.TryWait())
                {
                    throw new JournalException(
                        $"The journal {connector.Name} cannot be opened: {PostgresFaults.WordsOf(exception)}.",
                        exception);
                }
            }
        }
    }

    public Task<ImmutableArray<StoredEvent>> AppendAsync(AppendRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Stream == _stream || string.IsNullOrEmpty(request.Stream)
            ? _writer.AppendAsync(request, cancellationToken)
            : throw new ArgumentException(
                $"This store was opened to write '{_stream}', and not '{request.Stream}'.", nameof(request));
    }

    public IEnumerable<StoredEvent> Read(string stream, long afterSequence = 0) => _reader.Read(stream, afterSequence);

    public StateSnapshot? LatestSnapshot(string stream, string manifest) => _reader.LatestSnapshot(stream, manifest);

    public ReadOnlyMemory<byte> ReadContent(ContentHash hash) => _reader.ReadContent(hash);

    /// <inheritdoc cref="PostgresJournal.Verify"/>
    public ChainReport Verify() => ChainVerifier.Verify(_reader);

    public ValueTask DisposeAsync()
    {
        _writer.Dispose();
        return ValueTask.CompletedTask;
    }

    private static PostgresEventStore Open(
        PostgresJournalOptions options, TimeProvider time, PostgresConnector connector, TimeSpan patience)
    {
        (int Epoch, long StreamEnd) beginning;
        using (NpgsqlConnection connection = connector.OpenForWriting(patience))
        {
            PostgresSchema.Ensure(connection);
            beginning = BeginEpoch(connection, options, time);
        }

        var contents = new ContentFolder(options.Folder, options.Files);
        var limits = new WriterLimits(connector.Name, options.Deadline, options.QueueLimit);
        var committer = new PostgresCommitter(connector, options, time, patience, beginning);
        return new PostgresEventStore(
            new PostgresReader(connector, options.Stream, contents),
            new JournalWriter(contents, committer, limits, time),
            options.Stream,
            beginning.Epoch);
    }

    private static (int Epoch, long StreamEnd) BeginEpoch(
        NpgsqlConnection connection, PostgresJournalOptions options, TimeProvider time)
    {
        using NpgsqlTransaction transaction = connection.BeginTransaction(System.Data.IsolationLevel.ReadCommitted);
        // An earlier writer's transaction is over then, and its next one will see the new epoch.
        connection.Execute("SELECT 1 FROM journal_head FOR UPDATE");
        int epoch = (int)connection.Ask(
            """
            INSERT INTO writer (persistence_id, epoch, writer_uuid, opened)
            SELECT $1, COALESCE(MAX(epoch), 0) + 1, $2, $3 FROM writer WHERE persistence_id = $1
            RETURNING epoch
            """,
            options.Stream, options.WriterId, time.GetUtcNow().UtcTicks)!;
        long end = (long)connection.Ask(
            "SELECT COALESCE(MAX(sequence_number), 0) FROM journal WHERE persistence_id = $1", options.Stream)!;
        transaction.Commit();
        return (epoch, end);
    }
}
