using DklActors.Journal.Integrity;
using DklActors.Journal.Storage;
using DklActors.Journal.Writing;
using Microsoft.Data.Sqlite;

namespace DklActors.Journal.Sqlite;

/// <summary>The one read-write connection of a journal file, which alone commits and checkpoints.</summary>
internal sealed class SqliteCommitter : IBatchCommitter
{
    private readonly SqliteConnection _connection;
    private readonly TimeProvider _time;
    private readonly int _epoch;
    private readonly ChainEnd _end;
    private readonly SqliteCommand _insert;
    private readonly SqliteCommand _insertTag;
    private readonly SqliteCommand _selectEpoch;
    private readonly SqliteCommand _selectEnd;
    private readonly Dictionary<string, long> _streamEnds = [];

    private readonly SqliteParameter _ordering;
    private readonly SqliteParameter _stream;
    private readonly SqliteParameter _sequence;
    private readonly SqliteParameter _created;
    private readonly SqliteParameter _message;
    private readonly SqliteParameter _manifest;
    private readonly SqliteParameter _version;
    private readonly SqliteParameter _checksum;
    private readonly SqliteParameter _previous;

    /// <param name="connection">Becomes this one's to dispose of.</param>
    /// <param name="time">Stamps events.</param>
    /// <param name="writerId">Who writes.</param>
    /// <param name="epoch">This writer's epoch.</param>
    public SqliteCommitter(SqliteConnection connection, TimeProvider time, string writerId, int epoch)
    {
        _connection = connection;
        _time = time;
        _epoch = epoch;
        (long ordering, ContentHash checksum) = SqliteReader.EndOf(connection);
        _end = new ChainEnd(ordering, checksum, epoch, time);

        _insert = Command("""
            INSERT INTO journal (ordering, persistence_id, sequence_number, created, message, manifest, writer_uuid,
                                 epoch, schema_version, checksum, previous_hash)
            VALUES ($ordering, $stream, $sequence, $created, $message, $manifest, $writer,
                    $epoch, $version, $checksum, $previous)
            """);
        _ordering = _insert.Declare("$ordering", SqliteType.Integer);
        _stream = _insert.Declare("$stream", SqliteType.Text);
        _sequence = _insert.Declare("$sequence", SqliteType.Integer);
        _created = _insert.Declare("$created", SqliteType.Integer);
        _message = _insert.Declare("$message", SqliteType.Blob);
        _manifest = _insert.Declare("$manifest", SqliteType.Text);
        _insert.Declare("$writer", SqliteType.Text).Value = writerId;
        _insert.Declare("$epoch", SqliteType.Integer).Value = epoch;
        _version = _insert.Declare("$version", SqliteType.Integer);
        _checksum = _insert.Declare("$checksum", SqliteType.Blob);
        _previous = _insert.Declare("$previous", SqliteType.Blob);

        _insertTag = Command("""
            INSERT INTO tags (ordering_id, tag, sequence_nr, persistence_id)
            VALUES ($ordering, $tag, $sequence, $stream)
            """);
        _insertTag.Declare("$ordering", SqliteType.Integer);
        _insertTag.Declare("$tag", SqliteType.Text);
        _insertTag.Declare("$sequence", SqliteType.Integer);
        _insertTag.Declare("$stream", SqliteType.Text);

        _selectEpoch = Command("SELECT MAX(epoch) FROM writer");
        _selectEnd = Command("SELECT COALESCE(MAX(sequence_number), 0) FROM journal WHERE persistence_id = $stream");
        _selectEnd.Declare("$stream", SqliteType.Text);
    }

    public IReadOnlyList<AppendOutcome> Commit(IReadOnlyList<PendingAppend> batch)
    {
        using SqliteTransaction transaction = _connection.BeginTransaction(deferred: false);
        foreach (SqliteCommand command in new[] { _insert, _insertTag, _selectEpoch, _selectEnd })
        {
            command.Transaction = transaction;
        }

        int current = Convert.ToInt32(_selectEpoch.ExecuteScalar());
        if (current != _epoch)
        {
            throw new WriterFencedException(_epoch, current);
        }

        var outcomes = new AppendOutcome[batch.Count];
        for (int i = 0; i < outcomes.Length; i++)
        {
            outcomes[i] = Insert(batch[i]);
        }

        transaction.Commit();
        return outcomes;
    }

    public void Dispose()
    {
        _insert.Dispose();
        _insertTag.Dispose();
        _selectEpoch.Dispose();
        _selectEnd.Dispose();
        _connection.Dispose();
    }

    private AppendOutcome Insert(PendingAppend append)
    {
        long end = EndOf(append.Stream);
        if (end != append.Request.ExpectedSequence)
        {
            return new AppendOutcome(
                default, new SequenceConflictException(append.Stream, append.Request.ExpectedSequence, end));
        }

        _streamEnds[append.Stream] = end + append.Messages.Length;
        var outcome = new AppendOutcome(_end.Add(append, end, Insert), null);
        if (append.Request.Snapshot is { } snapshot)
        {
            Insert(append.Stream, snapshot);
        }

        return outcome;
    }

    // Rare, so its commands are not kept. The one before stays, should this one not be readable.
    private void Insert(string stream, StateSnapshot snapshot)
    {
        using SqliteCommand command = Command("""
            INSERT OR REPLACE INTO snapshot (persistence_id, sequence_number, created, snapshot, manifest, checksum)
            VALUES ($stream, $sequence, $created, $state, $manifest, $checksum);
            DELETE FROM snapshot WHERE persistence_id = $stream AND sequence_number NOT IN (
                SELECT sequence_number FROM snapshot WHERE persistence_id = $stream
                ORDER BY sequence_number DESC LIMIT 2);
            """);
        command.Transaction = _insert.Transaction;
        command.Parameters.AddWithValue("$stream", stream);
        command.Parameters.AddWithValue("$sequence", snapshot.SequenceNumber);
        command.Parameters.AddWithValue("$created", _time.GetUtcNow().UtcTicks);
        command.Parameters.AddWithValue("$state", snapshot.State.ToArray());
        command.Parameters.AddWithValue("$manifest", snapshot.Manifest);
        ContentHash seal = SnapshotSeal.Of(_end.Checksum, snapshot.Manifest, snapshot.State.Span);
        command.Parameters.AddWithValue("$checksum", seal.ToBytes());
        command.ExecuteNonQuery();
    }

    private void Insert(ChainedRow row)
    {
        ChainedFields fields = row.Fields;
        _ordering.Value = fields.Ordering;
        _stream.Value = fields.Stream;
        _sequence.Value = fields.SequenceNumber;
        _created.Value = fields.CreatedTicks;
        _message.Value = row.Message;
        _manifest.Value = fields.Manifest;
        _version.Value = fields.SchemaVersion;
        _checksum.Value = row.Checksum.ToBytes();
        _previous.Value = row.Previous.ToBytes();
        _insert.ExecuteNonQuery();
        if (EventTags.Of(fields.Manifest) is { } tag)
        {
            SqliteParameterCollection parameters = _insertTag.Parameters;
            parameters["$ordering"].Value = fields.Ordering;
            parameters["$tag"].Value = tag;
            parameters["$sequence"].Value = fields.SequenceNumber;
            parameters["$stream"].Value = fields.Stream;
            _insertTag.ExecuteNonQuery();
        }
    }

    private long EndOf(string stream)
    {
        if (!_streamEnds.TryGetValue(stream, out long end))
        {
            _selectEnd.Parameters["$stream"].Value = stream;
            end = (long)_selectEnd.ExecuteScalar()!;
            _streamEnds.Add(stream, end);
        }

        return end;
    }

    private SqliteCommand Command(string sql)
    {
        SqliteCommand command = _connection.CreateCommand();
#pragma warning disable CA2100 // The statements are constants; values go through parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command;
    }
}
