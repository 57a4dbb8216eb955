using DklActors.Journal.Integrity;
using DklActors.Journal.Storage;
using Npgsql;
using NpgsqlTypes;

namespace DklActors.Journal.Postgres;

/// <summary>
/// One connection and its prepared statements. A transaction takes two round trips: one that locks the head and tells
/// where the chain ends, one that inserts, moves the head and commits.
/// </summary>
internal sealed class CommitSession : IDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly string _stream;
    private readonly NpgsqlBatch _begin;
    private readonly NpgsqlBatch _commit;

    private readonly NpgsqlParameter<long[]> _orderings = Array<long>(NpgsqlDbType.Bigint);
    private readonly NpgsqlParameter<long[]> _sequences = Array<long>(NpgsqlDbType.Bigint);
    private readonly NpgsqlParameter<long[]> _created = Array<long>(NpgsqlDbType.Bigint);
    private readonly NpgsqlParameter<byte[][]> _messages = Array<byte[]>(NpgsqlDbType.Bytea);
    private readonly NpgsqlParameter<string[]> _manifests = Array<string>(NpgsqlDbType.Text);
    private readonly NpgsqlParameter<int[]> _versions = Array<int>(NpgsqlDbType.Integer);
    private readonly NpgsqlParameter<byte[][]> _checksums = Array<byte[]>(NpgsqlDbType.Bytea);
    private readonly NpgsqlParameter<byte[][]> _previous = Array<byte[]>(NpgsqlDbType.Bytea);
    private readonly NpgsqlParameter<long[]> _tagOrderings = Array<long>(NpgsqlDbType.Bigint);
    private readonly NpgsqlParameter<string[]> _tags = Array<string>(NpgsqlDbType.Text);
    private readonly NpgsqlParameter<long[]> _tagSequences = Array<long>(NpgsqlDbType.Bigint);
    private readonly NpgsqlParameter<long> _headOrdering = new() { NpgsqlDbType = NpgsqlDbType.Bigint };
    private readonly NpgsqlParameter<byte[]> _headChecksum = new() { NpgsqlDbType = NpgsqlDbType.Bytea };

    /// <param name="connection">Becomes this one's to dispose of.</param>
    /// <param name="stream">The stream that is written.</param>
    /// <param name="writerId">Who writes.</param>
    /// <param name="epoch">This writer's epoch.</param>
    /// <exception cref="NpgsqlException">The connection was lost.</exception>
    public CommitSession(NpgsqlConnection connection, string stream, string writerId, int epoch)
    {
        _connection = connection;
        _stream = stream;
        // Each statement sees what was committed before it began: the epoch is looked up once the lock is held.
        _begin = Batch(
            ("BEGIN ISOLATION LEVEL READ COMMITTED", []),
            ("SELECT ordering, checksum FROM journal_head FOR UPDATE", []),
            ("SELECT MAX(epoch) FROM writer WHERE persistence_id = $1", [Text(stream)]));
        _commit = Batch(
            (
                """
                INSERT INTO journal (ordering, persistence_id, sequence_number, created, message, manifest, writer_uuid,
                                     epoch, schema_version, checksum, previous_hash)
                SELECT ordering, $9, sequence_number, created, message, manifest, $10,
                       $11, schema_version, checksum, previous_hash
                FROM unnest($1, $2, $3, $4, $5, $6, $7, $8) AS added (
                    ordering, sequence_number, created, message, manifest, schema_version, checksum, previous_hash)
                """,
                [
                    _orderings, _sequences, _created, _messages, _manifests, _versions, _checksums, _previous,
                    Text(stream), Text(writerId),
                    new NpgsqlParameter<int> { NpgsqlDbType = NpgsqlDbType.Integer, TypedValue = epoch },
                ]),
            (
                """
                INSERT INTO tags (ordering_id, tag, sequence_nr, persistence_id)
                SELECT ordering, tag, sequence_number, $4
                FROM unnest($1, $2, $3) AS added (ordering, tag, sequence_number)
                """,
                [_tagOrderings, _tags, _tagSequences, Text(stream)]),
            ("UPDATE journal_head SET ordering = $1, checksum = $2", [_headOrdering, _headChecksum]),
            ("COMMIT", []));
        try
        {
            Fill([]);
            _begin.Prepare();
            _commit.Prepare();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>
    /// Begins a transaction and locks the head: on return no other transaction can end the chain elsewhere, and one
    /// that a lost connection of ours may have left behind has ended, one way or the other.
    /// </summary>
    /// <returns>Where the chain ends, and the newest epoch of the stream.</returns>
    /// <exception cref="NpgsqlException">The connection was lost, or the lock was not to be had in time.</exception>
    public (long Ordering, ContentHash Checksum, int Epoch) Begin()
    {
        using NpgsqlDataReader row = _begin.ExecuteReader();
        if (!row.Read())
        {
            throw new JournalDamagedException("The journal has lost its head: the table journal_head is empty.");
        }

        (long ordering, byte[] checksum) = (row.GetInt64(0), row.GetFieldValue<byte[]>(1));
        row.NextResult();
        row.Read();
        return (ordering, ContentHash.From(checksum), row.IsDBNull(0) ? 0 : row.GetInt32(0));
    }

    /// <summary>Whether an event is there, inside the transaction that was begun.</summary>
    public bool Holds(in ChainedRow row) => _connection.Ask(
        "SELECT 1 FROM journal WHERE ordering = $1 AND checksum = $2",
        row.Fields.Ordering, row.Checksum.ToBytes()) is not null;

    /// <summary>
    /// Keeps a state with the transaction that was begun. Rare, so its statements are not prepared; the one before
    /// stays, should this one not be readable.
    /// </summary>
    /// <exception cref="NpgsqlException">The server refused, or the connection was lost.</exception>
    public void Keep(StateSnapshot snapshot, ContentHash seal, DateTimeOffset created)
    {
        _connection.Execute(
            """
            INSERT INTO snapshot (persistence_id, sequence_number, created, snapshot, manifest, checksum)
            VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (persistence_id, sequence_number) DO UPDATE SET created = EXCLUDED.created,
                snapshot = EXCLUDED.snapshot, manifest = EXCLUDED.manifest, checksum = EXCLUDED.checksum
            """,
            _stream,
            snapshot.SequenceNumber,
            created.UtcTicks,
            snapshot.State.ToArray(),
            snapshot.Manifest,
            seal.ToBytes());
        _connection.Execute(
            """
            DELETE FROM snapshot WHERE persistence_id = $1 AND sequence_number NOT IN (
                SELECT sequence_number FROM snapshot WHERE persistence_id = $1 ORDER BY sequence_number DESC LIMIT 2)
            """,
            _stream);
    }

    /// <summary>Inserts rows, moves the head to the last of them, commits.</summary>
    /// <exception cref="NpgsqlException">
    /// The server refused, or the connection was lost; then it may have committed all the same.
    /// </exception>
    public void Commit(IReadOnlyList<ChainedRow> rows)
    {
        Fill(rows);
        _commit.ExecuteNonQuery();
    }

    public void Rollback() => _connection.Execute("ROLLBACK");

    public void Dispose()
    {
        _begin.Dispose();
        _commit.Dispose();
        _connection.Dispose();
    }

    private void Fill(IReadOnlyList<ChainedRow> rows)
    {
        _orderings.TypedValue = [.. rows.Select(row => row.Fields.Ordering)];
        _sequences.TypedValue = [.. rows.Select(row => row.Fields.SequenceNumber)];
        _created.TypedValue = [.. rows.Select(row => row.Fields.CreatedTicks)];
        _messages.TypedValue = [.. rows.Select(row => row.Message)];
        _manifests.TypedValue = [.. rows.Select(row => row.Fields.Manifest)];
        _versions.TypedValue = [.. rows.Select(row => row.Fields.SchemaVersion)];
        _checksums.TypedValue = [.. rows.Select(row => row.Checksum.ToBytes())];
        _previous.TypedValue = [.. rows.Select(row => row.Previous.ToBytes())];
        ChainedFields[] tagged =
            [.. rows.Select(row => row.Fields).Where(fields => EventTags.Of(fields.Manifest) is not null)];
        _tagOrderings.TypedValue = [.. tagged.Select(fields => fields.Ordering)];
        _tags.TypedValue = [.. tagged.Select(fields => EventTags.Of(fields.Manifest)!)];
        _tagSequences.TypedValue = [.. tagged.Select(fields => fields.SequenceNumber)];
        _headOrdering.TypedValue = rows.Count == 0 ? 0 : rows[^1].Fields.Ordering;
        _headChecksum.TypedValue = rows.Count == 0 ? [] : rows[^1].Checksum.ToBytes();
    }

    private NpgsqlBatch Batch(params (string Sql, NpgsqlParameter[] Parameters)[] statements)
    {
        NpgsqlBatch batch = _connection.CreateBatch();
        foreach ((string sql, NpgsqlParameter[] parameters) in statements)
        {
            var command = new NpgsqlBatchCommand(sql);
            foreach (NpgsqlParameter parameter in parameters)
            {
                command.Parameters.Add(parameter);
            }

            batch.BatchCommands.Add(command);
        }

        return batch;
    }

    private static NpgsqlParameter<string> Text(string value) =>
        new() { NpgsqlDbType = NpgsqlDbType.Text, TypedValue = value };

    private static NpgsqlParameter<T[]> Array<T>(NpgsqlDbType element) =>
        new() { NpgsqlDbType = NpgsqlDbType.Array | element };
}
