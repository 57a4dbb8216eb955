using System.Collections.Immutable;
using DklActors.Journal.Integrity;
using DklActors.Journal.Storage;
using DklActors.Messages.Serialization;
using Microsoft.Data.Sqlite;

namespace DklActors.Journal.Sqlite;

/// <summary>Read-only access: each reader has a connection of its own that can neither commit nor checkpoint.</summary>
internal sealed class SqliteReader(string path)
{
    private const string Columns =
        "ordering, persistence_id, sequence_number, created, epoch, manifest, schema_version, message, checksum, "
        + "previous_hash";

    private const int Corrupt = 11; // SQLITE_CORRUPT
    private const int NotADatabase = 26; // SQLITE_NOTADB

    /// <summary>Ordering and checksum of the last event; zero and the genesis hash for an empty journal.</summary>
    public static (long Ordering, ContentHash Checksum) EndOf(SqliteConnection connection)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT ordering, checksum FROM journal ORDER BY ordering DESC LIMIT 1";
        using SqliteDataReader row = command.ExecuteReader();
        return row.Read() ? (row.GetInt64(0), HashOf(row, 1)) : (0, HashChain.Genesis);
    }

    /// <exception cref="JournalException">The file cannot be opened, or is not a journal of this version.</exception>
    public void RequireJournal()
    {
        using SqliteConnection connection = Open();
        try
        {
            Guarded(() =>
            {
                SqliteSchema.Check(connection, path);
                return true;
            });
        }
        catch (InvalidDataException exception)
        {
            throw new JournalException(exception.Message, exception);
        }
    }

    public IEnumerable<StoredEvent> Read(string stream, long afterSequence) => Query(
        $"""
        SELECT {Columns} FROM journal
        WHERE persistence_id = $stream AND sequence_number > $after ORDER BY sequence_number
        """,
        static row => EventOf(RowOf(row)),
        ("$stream", stream),
        ("$after", afterSequence));

    public ImmutableArray<string> ReadStreams() =>
    [
        .. Query(
            "SELECT persistence_id FROM journal GROUP BY persistence_id ORDER BY MIN(ordering)",
            static row => row.GetString(0)),
    ];

    public ReadOnlyMemory<byte> ReadContent(ContentHash hash)
    {
        (string encoding, byte[] data, long length) = Query(
            "SELECT encoding, data, length FROM content WHERE hash = $hash",
            static row => (row.GetString(0), row.GetFieldValue<byte[]>(1), row.GetInt64(2)),
            ("$hash", hash.ToBytes())).FirstOrDefault();
        return data is null
            ? throw new JournalDamagedException($"Content {hash} is not in {path}.")
            : Checked(hash, encoding, data, length);
    }

    /// <summary>Rows in the order of the chain, as stored and unchecked.</summary>
    public IEnumerable<ChainedRow> ReadRows() => Query($"SELECT {Columns} FROM journal ORDER BY ordering", RowOf);

    /// <summary>Hashes of all stored contents.</summary>
    public IEnumerable<ContentHash> ReadContentHashes() =>
        Query("SELECT hash FROM content", static row => HashOf(row, 0));

    /// <exception cref="JournalDamagedException">The event cannot be read.</exception>
    public static StoredEvent EventOf(in ChainedRow row)
    {
        ChainedFields fields = row.Fields;
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
                EventJson.Read(fields.Manifest, fields.SchemaVersion, row.Message),
                row.Checksum);
        }
        catch (Exception exception) when (exception is InvalidDataException or ArgumentOutOfRangeException)
        {
            throw new JournalDamagedException($"Event {fields.Ordering}: {exception.Message}", exception);
        }
    }

    private static ChainedRow RowOf(SqliteDataReader row) => new(
        new ChainedFields(
            row.GetInt64(0),
            row.GetString(1),
            row.GetInt64(2),
            row.GetInt64(3),
            row.GetInt32(4),
            row.GetString(5),
            row.GetInt32(6)),
        row.GetFieldValue<byte[]>(7),
        HashOf(row, 8),
        HashOf(row, 9));

    private static ContentHash HashOf(SqliteDataReader row, int column) =>
        ContentHash.From(row.GetFieldValue<byte[]>(column));

    private static byte[] Checked(ContentHash hash, string encoding, byte[] data, long length)
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

    private IEnumerable<T> Query<T>(
        string sql, Func<SqliteDataReader, T> read, params (string Name, object Value)[] parameters)
    {
        using SqliteConnection connection = Open();
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements are the constants above; values go through parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach ((string name, object value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        using SqliteDataReader row = Guarded(command.ExecuteReader);
        while (Guarded(row.Read))
        {
            yield return Guarded(() => ReadRow(read, row));
        }
    }

    private T ReadRow<T>(Func<SqliteDataReader, T> read, SqliteDataReader row)
    {
        try
        {
            return read(row);
        }
        catch (Exception exception) when (exception is InvalidOperationException or InvalidCastException)
        {
            // A damaged page can give a NULL or another type than its column was declared with.
            throw new JournalDamagedException($"The file {path} is damaged: {exception.Message}", exception);
        }
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadOnly,
            Pooling = false,
        }.ToString());
        Guarded(() =>
        {
            connection.Open();
            return true;
        });
        return connection;
    }

    private T Guarded<T>(Func<T> access)
    {
        try
        {
            return access();
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode is Corrupt or NotADatabase)
        {
            throw new JournalDamagedException($"The file {path} is damaged: {exception.Message}", exception);
        }
        catch (SqliteException exception)
        {
            throw new JournalException($"The journal {path} cannot be read: {exception.Message}", exception);
        }
    }
}
