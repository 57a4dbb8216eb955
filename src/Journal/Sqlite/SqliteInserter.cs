using System.Collections.Immutable;
using DklActors.Journal.Integrity;
using DklActors.Journal.Storage;
using Microsoft.Data.Sqlite;

namespace DklActors.Journal.Sqlite;

/// <summary>
/// Turns requests into rows within the writer's transaction: numbers them, chains them, checks the epoch.
/// Its memory of where the journal ends is only right while every transaction commits; the writer drops it otherwise.
/// </summary>
internal sealed class SqliteInserter : IDisposable
{
    private readonly TimeProvider _time;
    private readonly int _epoch;
    private readonly SqliteCommand _insertEvent;
    private readonly SqliteCommand _insertContent;
    private readonly SqliteCommand _selectEpoch;
    private readonly SqliteCommand _selectEnd;
    private readonly Dictionary<string, long> _streamEnds = [];
    private long _ordering;
    private ContentHash _checksum;

    public SqliteInserter(SqliteConnection connection, TimeProvider time, string writerId, int epoch)
    {
        _time = time;
        _epoch = epoch;
        (_ordering, _checksum) = SqliteReader.EndOf(connection);

        _insertEvent = connection.CreateCommand();
        _insertEvent.CommandText = """
            INSERT INTO journal (ordering, persistence_id, sequence_number, created, message, manifest, writer_uuid,
                                 epoch, schema_version, checksum, previous_hash)
            VALUES ($ordering, $stream, $sequence, $created, $message, $manifest, $writer,
                    $epoch, $version, $checksum, $previous)
            """;
        _insertEvent.Declare("$ordering", SqliteType.Integer);
        _insertEvent.Declare("$stream", SqliteType.Text);
        _insertEvent.Declare("$sequence", SqliteType.Integer);
        _insertEvent.Declare("$created", SqliteType.Integer);
        _insertEvent.Declare("$message", SqliteType.Blob);
        _insertEvent.Declare("$manifest", SqliteType.Text);
        _insertEvent.Declare("$writer", SqliteType.Text).Value = writerId;
        _insertEvent.Declare("$epoch", SqliteType.Integer).Value = epoch;
        _insertEvent.Declare("$version", SqliteType.Integer);
        _insertEvent.Declare("$checksum", SqliteType.Blob);
        _insertEvent.Declare("$previous", SqliteType.Blob);

        _insertContent = connection.CreateCommand();
        _insertContent.CommandText = """
            INSERT INTO content (hash, kind, length, encoding, data) VALUES ($hash, $kind, $length, $encoding, $data)
            ON CONFLICT (hash) DO NOTHING
            """;
        _insertContent.Declare("$hash", SqliteType.Blob);
        _insertContent.Declare("$kind", SqliteType.Text);
        _insertContent.Declare("$length", SqliteType.Integer);
        _insertContent.Declare("$encoding", SqliteType.Text);
        _insertContent.Declare("$data", SqliteType.Blob);

        _selectEpoch = connection.CreateCommand();
        _selectEpoch.CommandText = "SELECT MAX(epoch) FROM writer";

        _selectEnd = connection.CreateCommand();
        _selectEnd.CommandText = "SELECT COALESCE(MAX(sequence_number), 0) FROM journal WHERE persistence_id = $stream";
        _selectEnd.Declare("$stream", SqliteType.Text);
    }

    /// <summary>Takes part in a transaction; throws when another writer has taken over.</summary>
    public void Begin(SqliteTransaction transaction)
    {
        foreach (SqliteCommand command in new[] { _insertEvent, _insertContent, _selectEpoch, _selectEnd })
        {
            command.Transaction = transaction;
        }

        int current = Convert.ToInt32(_selectEpoch.ExecuteScalar());
        if (current != _epoch)
        {
            throw new WriterFencedException(_epoch, current);
        }
    }

    public SequenceConflictException? ConflictOf(AppendRequest request)
    {
        long end = EndOf(request.Stream);
        return end == request.ExpectedSequence
            ? null
            : new SequenceConflictException(request.Stream, request.ExpectedSequence, end);
    }

    public ImmutableArray<StoredEvent> Insert(PendingAppend append)
    {
        foreach (EncodedContent content in append.Contents)
        {
            Insert(content);
        }

        string stream = append.Request.Stream;
        long sequence = EndOf(stream);
        var stored = ImmutableArray.CreateBuilder<StoredEvent>(append.Messages.Length);
        foreach (EncodedEvent encoded in append.Messages)
        {
            stored.Add(Insert(stream, ++sequence, encoded));
        }

        _streamEnds[stream] = sequence;
        return stored.MoveToImmutable();
    }

    public void Dispose()
    {
        _insertEvent.Dispose();
        _insertContent.Dispose();
        _selectEpoch.Dispose();
        _selectEnd.Dispose();
    }

    private StoredEvent Insert(string stream, long sequence, in EncodedEvent encoded)
    {
        var fields = new ChainedFields(
            _ordering + 1,
            stream,
            sequence,
            _time.GetUtcNow().UtcTicks,
            _epoch,
            encoded.Manifest,
            encoded.SchemaVersion);
        ContentHash checksum = HashChain.Next(_checksum, fields, encoded.Message);

        SqliteParameterCollection parameters = _insertEvent.Parameters;
        parameters["$ordering"].Value = fields.Ordering;
        parameters["$stream"].Value = stream;
        parameters["$sequence"].Value = sequence;
        parameters["$created"].Value = fields.CreatedTicks;
        parameters["$message"].Value = encoded.Message;
        parameters["$manifest"].Value = fields.Manifest;
        parameters["$version"].Value = fields.SchemaVersion;
        parameters["$checksum"].Value = checksum.ToBytes();
        parameters["$previous"].Value = _checksum.ToBytes();
        _insertEvent.ExecuteNonQuery();

        _ordering = fields.Ordering;
        _checksum = checksum;
        return new StoredEvent(
            fields.Ordering,
            stream,
            sequence,
            new DateTimeOffset(fields.CreatedTicks, TimeSpan.Zero),
            _epoch,
            fields.Manifest,
            fields.SchemaVersion,
            encoded.Event,
            checksum);
    }

    private void Insert(in EncodedContent encoded)
    {
        SqliteParameterCollection parameters = _insertContent.Parameters;
        parameters["$hash"].Value = encoded.Content.Hash.ToBytes();
        parameters["$kind"].Value = encoded.Content.Kind;
        parameters["$length"].Value = encoded.Content.Bytes.Length;
        parameters["$encoding"].Value = encoded.Encoding;
        parameters["$data"].Value = encoded.Data;
        _insertContent.ExecuteNonQuery();
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
}
