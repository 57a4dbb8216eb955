using System.Collections.Immutable;
using DklActors.Journal.Contents;
using DklActors.Journal.Integrity;
using DklActors.Journal.Storage;
using DklActors.Journal.Writing;
using Microsoft.Data.Sqlite;

namespace DklActors.Journal.Sqlite;

/// <summary>
/// A journal in one SQLite file, its contents in files beside it: WAL, synchronous=FULL, one writer thread, read-only
/// readers.
/// </summary>
public sealed class SqliteEventStore : IEventStore
{
    private readonly string _path;
    private readonly SqliteReader _reader;
    private readonly JournalWriter _writer;

    private SqliteEventStore(string path, SqliteReader reader, JournalWriter writer, int epoch)
    {
        _path = path;
        _reader = reader;
        _writer = writer;
        Epoch = epoch;
    }

    public int Epoch { get; }

    public ImmutableArray<string> Streams => _reader.ReadStreams();

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
            connection.Execute(
                $"PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = {options.CheckpointPages};");
            PageSeal.Break(options.Path);
            SqliteSchema.Ensure(connection, options.Path);
            int epoch = BeginEpoch(connection, options.WriterId, time);
            var committer = new SqliteCommitter(connection, time, options.WriterId, epoch);
            var contents = new ContentFolder(SqliteJournalOptions.FolderOf(options.Path), options.Files);
            var limits = new WriterLimits(options.Path, options.Deadline, options.QueueLimit);
            var writer = new JournalWriter(contents, committer, limits, time);
            return new SqliteEventStore(options.Path, new SqliteReader(options.Path), writer, epoch);
        }
        catch (Exception exception) when (exception is SqliteException or InvalidDataException)
        {
            connection.Dispose();
            throw new JournalException($"The journal {options.Path} cannot be opened: {exception.Message}", exception);
        }
    }

    public Task<ImmutableArray<StoredEvent>> AppendAsync(AppendRequest request, CancellationToken cancellationToken) =>
        _writer.AppendAsync(request, cancellationToken);

    public IEnumerable<StoredEvent> Read(string stream, long afterSequence = 0) => _reader.Read(stream, afterSequence);

    public StateSnapshot? LatestSnapshot(string stream, string manifest) => _reader.LatestSnapshot(stream, manifest);

    public ReadOnlyMemory<byte> ReadContent(ContentHash hash) => _reader.ReadContent(hash);

    public ChainReport Verify() => ChainVerifier.Verify(_reader);

    public ValueTask DisposeAsync()
    {
        _writer.Dispose();
        if (IsStillTheWriter())
        {
            PageSeal.Close(_path);
        }

        return ValueTask.CompletedTask;
    }

    // Whoever has taken over since is writing, or has closed and sealed the file after us.
    private bool IsStillTheWriter()
    {
        try
        {
            return _reader.LatestEpoch() == Epoch;
        }
        catch (JournalException)
        {
            return false;
        }
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
