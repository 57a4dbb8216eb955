using DklActors.Journal.Integrity;
using DklActors.Journal.Storage;
using DklActors.Journal.Writing;
using Npgsql;

namespace DklActors.Journal.Postgres;

/// <summary>
/// Commits the batches of one stream, whatever other daemons commit to theirs meanwhile. Where the connection is lost,
/// it finds out on another one whether the transaction was committed, and repeats it only if it was not.
/// </summary>
internal sealed class PostgresCommitter : IBatchCommitter
{
    private readonly PostgresConnector _connector;
    private readonly PostgresJournalOptions _options;
    private readonly TimeProvider _time;
    private readonly TimeSpan _patience;
    private readonly Random _jitter;
    private readonly int _epoch;
    private long _streamEnd;
    private CommitSession? _session;

    /// <param name="connector">Makes connections.</param>
    /// <param name="options">Of the store.</param>
    /// <param name="time">Stamps events and times what is tried again.</param>
    /// <param name="patience">How long a lost connection is looked for; less than the deadline.</param>
    /// <param name="beginning">Epoch of this writer, and sequence number of the stream's last event.</param>
    public PostgresCommitter(
        PostgresConnector connector,
        PostgresJournalOptions options,
        TimeProvider time,
        TimeSpan patience,
        (int Epoch, long StreamEnd) beginning)
    {
        _connector = connector;
        _options = options;
        _time = time;
        _patience = patience;
        _jitter = SeedOf(options.WriterId);
        (_epoch, _streamEnd) = beginning;
        _session = Connect();
    }

    /// <summary>A seed that is each writer's own, for the jitter between two tries.</summary>
    public static Random SeedOf(string writerId) =>
        new(BitConverter.ToInt32(ContentHash.Of(System.Text.Encoding.UTF8.GetBytes(writerId)).ToBytes()));

    public IReadOnlyList<AppendOutcome> Commit(IReadOnlyList<PendingAppend> batch)
    {
        var backoff = new Backoff(_time, _patience, _jitter);
        PreparedBatch? unanswered = null;
        while (true)
        {
            try
            {
                PreparedBatch done = TryCommit(batch, ref unanswered);
                _streamEnd = done.StreamEnd;
                return done.Outcomes;
            }
            catch (Exception exception) when (exception is NpgsqlException or IOException or InvalidOperationException)
            {
                _session?.Dispose();
                _session = null;
                if (!PostgresFaults.IsPassing(exception) || !backoff.TryWait())
                {
                    throw Failure(exception);
                }
            }
        }
    }

    public void Dispose() => _session?.Dispose();

    private PreparedBatch TryCommit(IReadOnlyList<PendingAppend> batch, ref PreparedBatch? unanswered)
    {
        _session ??= Connect();
        (long ordering, ContentHash checksum, int newest) = _session.Begin();
        if (unanswered is not null && _session.Holds(unanswered.Rows[^1]))
        {
            // Committed, and the answer was lost with the connection.
            _session.Rollback();
            return unanswered;
        }

        unanswered = null;
        if (newest != _epoch)
        {
            _session.Rollback();
            throw new WriterFencedException(_epoch, newest);
        }

        var prepared = PreparedBatch.Of(batch, new ChainEnd(ordering, checksum, _epoch, _time), _streamEnd);
        if (prepared.Rows.Count == 0)
        {
            _session.Rollback();
            return prepared;
        }

        if (prepared.Snapshot is { } kept)
        {
            _session.Keep(kept.State, kept.Seal, _time.GetUtcNow());
        }

        unanswered = prepared;
        _session.Commit(prepared.Rows);
        return prepared;
    }

    private CommitSession Connect() => new(
        _connector.OpenForWriting(_patience), _options.Stream, _options.WriterId, _epoch);

    private JournalException Failure(Exception exception) => new(
        $"The journal {_connector.Name} could not be written: {PostgresFaults.WordsOf(exception)}. Do not take the "
        + "request as recorded; mend the server or the way to it, then resume the run.",
        exception);
}
