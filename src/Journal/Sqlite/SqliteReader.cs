using System.Collections.Immutable;
using DklActors.Journal.Contents;
using DklActors.Journal.Integrity;
using DklActors.Journal.Storage;
using Microsoft.Data.Sqlite;

namespace DklActors.Journal.Sqlite;

/// <summary>Read-only access: each reader has a connection of its own that can neither commit nor checkpoint.</summary>
internal sealed class SqliteReader(string path) : IChainSource
{
    // Both ways: an event that should have a tag and has none, a tag that no event should have.
    private const string TagFaults = """
        SELECT 'Event ' || COALESCE(journal.ordering, tags.ordering_id) || ' and its tag do not fit.'
        FROM (SELECT * FROM journal WHERE manifest LIKE 'experiment-%' OR manifest LIKE 'run-%') AS journal
        FULL JOIN tags ON tags.ordering_id = journal.ordering AND tags.tag = 'run'
            AND tags.sequence_nr = journal.sequence_number AND tags.persistence_id = journal.persistence_id
        WHERE journal.ordering IS NULL OR tags.ordering_id IS NULL LIMIT 1
        """;

    private const int Corrupt = 11; // SQLITE_CORRUPT
    private const int NotADatabase = 26; // SQLITE_NOTADB

    private readonly ContentFolder _contents = new(SqliteJournalOptions.FolderOf(path));

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

    public IEnumerable<StoredEvent> Read(string stream, long afterSequence) => ReadAhead.Decode(Query(
        $"""
        SELECT {JournalSql.Columns} FROM journal
        WHERE persistence_id = $stream AND sequence_number > $after ORDER BY sequence_number
        """,
        RowOf,
        ("$stream", stream),
        ("$after", afterSequence)));

    /// <summary>The epoch of the last writer.</summary>
    public int LatestEpoch() => Query("SELECT MAX(epoch) FROM writer", static row => row.GetInt32(0)).First();

    public ImmutableArray<string> ReadStreams() =>
    [
        .. Query(
            JournalSql.StreamNames,
            static row => row.GetString(0)),
    ];

    public StateSnapshot? LatestSnapshot(string stream, string manifest) => !HasTable("snapshot") ? null : Query(
        """
        SELECT snapshot.sequence_number, snapshot.manifest, snapshot.snapshot, snapshot.checksum, journal.checksum
        FROM snapshot JOIN journal USING (persistence_id, sequence_number)
        WHERE persistence_id = $stream AND snapshot.manifest = $manifest ORDER BY snapshot.sequence_number DESC
        """,
        SnapshotOf,
        ("$stream", stream),
        ("$manifest", manifest)).FirstOrDefault(snapshot => snapshot is not null);

    public ReadOnlyMemory<byte> ReadContent(ContentHash hash) =>
        _contents.Find(hash)
        ?? FindInTable(hash)
        ?? throw new JournalDamagedException($"Content {hash} is not in {_contents.Root}.");

    public IEnumerable<ChainedRow> ReadRows() =>
        Query($"SELECT {JournalSql.Columns} FROM journal ORDER BY ordering", RowOf);

    public string? FindIrregularity() =>
        (FirstText("PRAGMA integrity_check(1)") is string text and not "ok" ? $"The file is damaged: {text}" : null)
        ?? FirstText(
            """
            SELECT 'Event ' || journal.ordering || ' was not written by the writer of its epoch, or is marked.'
            FROM journal LEFT JOIN writer ON writer.epoch = journal.epoch
            WHERE writer.writer_uuid IS NOT journal.writer_uuid OR identifier <> 0 OR deleted <> 0
            ORDER BY journal.ordering LIMIT 1
            """)
        ?? (HasTable("tags") ? FirstText(TagFaults) : null)
        ?? (HasTable("snapshot") ? FindDamagedSnapshot() : null)
        ?? PageSeal.FindChange(path);

    private string? FindDamagedSnapshot() => Query(
        """
        SELECT snapshot.sequence_number, snapshot.manifest, snapshot.snapshot, snapshot.checksum, journal.checksum,
            persistence_id
        FROM snapshot LEFT JOIN journal USING (persistence_id, sequence_number)
        """,
        static row => SnapshotOf(row) is null
            ? $"The state that was kept after event {row.GetInt64(0)} of stream '{row.GetString(5)}' does not fit it; "
                + "it is not used."
            : null).FirstOrDefault(fault => fault is not null);

    private static StateSnapshot? SnapshotOf(SqliteDataReader row)
    {
        var snapshot = new StateSnapshot(row.GetInt64(0), row.GetString(1), row.GetFieldValue<byte[]>(2));
        byte[] seal = row.GetFieldValue<byte[]>(3);
        return !row.IsDBNull(4)
            && SnapshotSeal.Of(ChecksumOf(row, 4), snapshot.Manifest, snapshot.State.Span).ToBytes().SequenceEqual(seal)
                ? snapshot
                : null;
    }

    private ReadOnlyMemory<byte>? FindInTable(ContentHash hash)
    {
        if (!HasTable("content"))
        {
            return null;
        }

        (string encoding, byte[] data, long length) = Query(
            "SELECT encoding, data, length FROM content WHERE hash = $hash",
            static row => (row.GetString(0), row.GetFieldValue<byte[]>(1), row.GetInt64(2)),
            ("$hash", hash.ToBytes())).FirstOrDefault();
        return data is null ? default(ReadOnlyMemory<byte>?) : Checked(hash, encoding, data, length);
    }

    private bool HasTable(string name) =>
        Query("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = $name", static row => true, ("$name", name))
            .Any();

    private string? FirstText(string sql) => Query(sql, static row => row.GetString(0)).FirstOrDefault();

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
        ChecksumOf(row, 8),
        ChecksumOf(row, 9));

    private static ContentHash ChecksumOf(SqliteDataReader row, int column)
    {
        byte[] bytes = row.GetFieldValue<byte[]>(column);
        return bytes.Length == ContentHash.Length
            ? ContentHash.From(bytes)
            : throw new JournalDamagedException(
                $"Event {row.GetInt64(0)} has {bytes.Length} bytes in the place of a SHA-256.");
    }

    private static ContentHash HashOf(SqliteDataReader row, int column) =>
        ContentHash.From(row.GetFieldValue<byte[]>(column));

    private static byte[] Checked(ContentHash hash, string encoding, byte[] data, long length)
    {
        byte[] content;
        try
        {
            content = ContentPacking.Unpack(
                encoding == "zlib" ? ContentEncoding.Zlib : ContentEncoding.Plain, data, length);
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
