using System.Collections.Immutable;
using DklActors.Journal.Integrity;
using DklActors.Journal.Storage;
using DklActors.Messages.Serialization;
using Microsoft.Data.Sqlite;

namespace DklActors.Journal.Sqlite;

/// <summary>Read-only access: every reader has a connection of its own that can neither commit nor checkpoint.</summary>
internal sealed class SqliteReader(string path)
{
    private const string Columns =
        "ordering, persistence_id, sequence_number, created, epoch, manifest, schema_version, message, checksum";

    /// <summary>Ordering and checksum of the last event; zero and the genesis hash for an empty journal.</summary>
    public static (long Ordering, ContentHash Checksum) EndOf(SqliteConnection connection)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT ordering, checksum FROM journal ORDER BY ordering DESC LIMIT 1";
        using SqliteDataReader row = command.ExecuteReader();
        return row.Read() ? (row.GetInt64(0), ContentHash.From((byte[])row[1])) : (0, HashChain.Genesis);
    }

    public IEnumerable<StoredEvent> Read(string stream, long afterSequence)
    {
        using SqliteConnection connection = Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = $"""
            SELECT {Columns} FROM journal
            WHERE persistence_id = $stream AND sequence_number > $after ORDER BY sequence_number
            """;
        command.Parameters.AddWithValue("$stream", stream);
        command.Parameters.AddWithValue("$after", afterSequence);
        using SqliteDataReader row = command.ExecuteReader();
        while (row.Read())
        {
            yield return EventOf(FieldsOf(row), (byte[])row[7], ContentHash.From((byte[])row[8]));
        }
    }

    public ImmutableArray<string> ReadStreams()
    {
        using SqliteConnection connection = Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT persistence_id FROM journal GROUP BY persistence_id ORDER BY MIN(ordering)";
        using SqliteDataReader row = command.ExecuteReader();
        var streams = ImmutableArray.CreateBuilder<string>();
        while (row.Read())
        {
            streams.Add(row.GetString(0));
        }

        return streams.ToImmutable();
    }

    public ReadOnlyMemory<byte> ReadContent(ContentHash hash)
    {
        using SqliteConnection connection = Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT encoding, data, length FROM content WHERE hash = $hash";
        command.Parameters.AddWithValue("$hash", hash.ToBytes());
        using SqliteDataReader row = command.ExecuteReader();
        if (!row.Read())
        {
            throw new JournalDamagedException($"Content {hash} is not in {path}.");
        }

        return Checked(hash, row.GetString(0), (byte[])row[1], row.GetInt32(2));
    }

    /// <summary>Rows in the order of the chain, as stored and unchecked.</summary>
    public IEnumerable<(ChainedFields Fields, byte[] Message, ContentHash Checksum)> ReadRows()
    {
        using SqliteConnection connection = Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = $"SELECT {Columns} FROM journal ORDER BY ordering";
        using SqliteDataReader row = command.ExecuteReader();
        while (row.Read())
        {
            yield return (FieldsOf(row), (byte[])row[7], ContentHash.From((byte[])row[8]));
        }
    }

    /// <summary>Hashes of all stored contents.</summary>
    public IEnumerable<ContentHash> ReadContentHashes()
    {
        using SqliteConnection connection = Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT hash FROM content";
        using SqliteDataReader row = command.ExecuteReader();
        while (row.Read())
        {
            yield return ContentHash.From((byte[])row[0]);
        }
    }

    public static StoredEvent EventOf(in ChainedFields fields, byte[] message, ContentHash checksum)
    {
        try
        {
            return new StoredEvent(
                fields.Ordering,
                fields.Stream,
                fields.SequenceNumber,
                new DateTimeOffset(fields.CreatedTicks, TimeSpan.Zero),
                fields.Epoch,
                fields.Manifest,
                fields.SchemaVersion,
                EventJson.Read(fields.Manifest, fields.SchemaVersion, message),
                checksum);
        }
        catch (InvalidDataException exception)
        {
            throw new JournalDamagedException($"Event {fields.Ordering}: {exception.Message}", exception);
        }
    }

    private static ChainedFields FieldsOf(SqliteDataReader row) => new(
        row.GetInt64(0),
        row.GetString(1),
        row.GetInt64(2),
        row.GetInt64(3),
        row.GetInt32(4),
        row.GetString(5),
        row.GetInt32(6));

    private static byte[] Checked(ContentHash hash, string encoding, byte[] data, int length)
    {
        byte[] content;
        try
        {
            content = ContentEncoding.Decode(encoding, data, length);
        }
        catch (InvalidDataException exception)
        {
            throw new JournalDamagedException($"Content {hash} cannot be unpacked: {exception.Message}", exception);
        }

        ContentHash found = ContentHash.Of(content);
        return found == hash
            ? content
            : throw new JournalDamagedException($"Content {hash} is damaged: its bytes have the hash {found}.");
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadOnly,
            Pooling = false,
        }.ToString());
        connection.Open();
        return connection;
    }
}
