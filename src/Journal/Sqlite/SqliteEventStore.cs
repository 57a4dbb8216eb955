using System.Collections.Immutable;
using DklActors.Journal.Integrity;
using DklActors.Journal.Storage;
using Microsoft.Data.Sqlite;

namespace DklActors.Journal.Sqlite;

/// <summary>A journal in one SQLite file: WAL, synchronous=FULL, one writer thread, read-only readers.</summary>
public sealed class SqliteEventStore : IEventStore
{
    private readonly SqliteJournalOptions _options;
    private readonly TimeProvider _time;
    private readonly SqliteReader _reader;
    private readonly SqliteWriter _writer;

    private SqliteEventStore(SqliteJournalOptions options, TimeProvider time, int epoch, SqliteWriter writer)
    {
        _options = options;
        _time = time;
        _reader = new SqliteReader(options.Path);
        _writer = writer;
        Epoch = epoch;
    }

    public int Epoch { get; }

    /// <summary>Opens or creates a journal for writing and begins a new epoch.</summary>
    /// <exception cref="JournalException">The file cannot be opened, or is not a journal.</exception>
    public static SqliteEventStore Open(SqliteJournalOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = options.Path,
            Mode = SqliteOpenMode.ReadWriteCreate,
            Pooling = false,
            // How long a statement waits for another process's lock, in whole seconds; 0 would be for ever.
            DefaultTimeout = Math.Max(1, (int)Math.Ceiling(options.Deadline.TotalSeconds)),
        }.ToString());
        try
        {
            connection.Open();
            connection.Execute("PRAGMA synchronous = FULL;");
            SqliteSchema.Ensure(connection, options.Path);
            int epoch = BeginEpoch(connection, options.WriterId, time);
            var inserter = new SqliteInserter(connection, time, options.WriterId, epoch);
            return new SqliteEventStore(
                options, time, epoch, new SqliteWriter(connection, inserter, options.QueueLimit));
        }
        catch (Exception exception) when (exception is SqliteException or InvalidDataException)
        {
            connection.Dispose();
            throw new JournalException($"The journal {options.Path} cannot be opened: {exception.Message}", exception);
        }
    }

    public async Task<ImmutableArray<StoredEvent>> AppendAsync(
        AppendRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Events.IsDefaultOrEmpty || string.IsNullOrEmpty(request.Stream))
        {
            throw new ArgumentException("An append needs a stream and at least one event.", nameof(request));
        }

        cancellationToken.ThrowIfCancellationRequested();
        var append = new PendingAppend(request);
        if (!_writer.TryEnqueue(append))
        {
            throw new JournalException(
                $"The journal {_options.Path} has {_options.QueueLimit} requests waiting; the disk does not keep up.");
        }

        try
        {
            return await append.Completion.WaitAsync(_options.Deadline, _time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException exception)
        {
            throw new JournalException(
                $"The journal {_options.Path} did not answer within {_options.Deadline.TotalSeconds:G3} s; "
                + "whether the events were recorded is unknown until the run is resumed.",
                exception);
        }
    }

    public ImmutableArray<string> Streams => _reader.ReadStreams();

    public IEnumerable<StoredEvent> Read(string stream, long afterSequence = 0) => _reader.Read(stream, afterSequence);

    public ReadOnlyMemory<byte> ReadContent(ContentHash hash) => _reader.ReadContent(hash);

    public ChainReport Verify() => ChainVerifier.Verify(_reader);

    public ValueTask DisposeAsync()
    {
        _writer.Dispose();
        return ValueTask.CompletedTask;
    }

    private static int BeginEpoch(SqliteConnection connection, string writerId, TimeProvider time)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = """
            INSERT INTO writer (epoch, writer_uuid, opened)
            SELECT COALESCE(MAX(epoch), 0) + 1, $writer, $opened FROM writer
            RETURNING epoch
            """;
        command.Parameters.AddWithValue("$writer", writerId);
        command.Parameters.AddWithValue("$opened", time.GetUtcNow().UtcTicks);
        return Convert.ToInt32(command.ExecuteScalar());
    }
}
