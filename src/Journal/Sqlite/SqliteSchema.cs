using Microsoft.Data.Sqlite;

namespace DklActors.Journal.Sqlite;

/// <summary>
/// Tables of a journal file. Names that Akka.Persistence.Sql has for the same thing are kept; epoch, schema version,
/// checksum and previous hash are ours.
/// </summary>
internal static class SqliteSchema
{
    /// <summary>Format 1 kept contents in a table of the database; they stay there and are read from there.</summary>
    public const int Version = 2;

    private const int OldestVersion = 1;

    private const int ApplicationId = 0x444B4C31; // "DKL1", so that `file` and other tools can tell a journal

    private const string Create = """
        PRAGMA application_id = 1145785393;
        CREATE TABLE journal (
            ordering        INTEGER PRIMARY KEY,
            persistence_id  TEXT    NOT NULL,
            sequence_number INTEGER NOT NULL,
            created         INTEGER NOT NULL,
            message         BLOB    NOT NULL,
            identifier      INTEGER NOT NULL DEFAULT 0,
            manifest        TEXT    NOT NULL,
            writer_uuid     TEXT    NOT NULL,
            deleted         INTEGER NOT NULL DEFAULT 0,
            epoch           INTEGER NOT NULL,
            schema_version  INTEGER NOT NULL,
            checksum        BLOB    NOT NULL,
            previous_hash   BLOB    NOT NULL,
            UNIQUE (persistence_id, sequence_number)
        );
        CREATE TABLE writer (epoch INTEGER PRIMARY KEY, writer_uuid TEXT NOT NULL, opened INTEGER NOT NULL);

        """ + CreateSinceVersion2;

    private const string CreateSinceVersion2 = """
        CREATE TABLE tags (
            ordering_id    INTEGER NOT NULL,
            tag            TEXT    NOT NULL,
            sequence_nr    INTEGER NOT NULL,
            persistence_id TEXT    NOT NULL,
            PRIMARY KEY (tag, ordering_id)
        ) WITHOUT ROWID;
        CREATE TABLE snapshot (
            persistence_id  TEXT    NOT NULL,
            sequence_number INTEGER NOT NULL,
            created         INTEGER NOT NULL,
            snapshot        BLOB    NOT NULL,
            manifest        TEXT    NOT NULL,
            serializer_id   INTEGER NOT NULL DEFAULT 0,
            checksum        BLOB    NOT NULL,
            PRIMARY KEY (persistence_id, sequence_number)
        ) WITHOUT ROWID;
        PRAGMA user_version = 2;
        """;

    private const string Raise = CreateSinceVersion2 + """

        INSERT INTO tags (ordering_id, tag, sequence_nr, persistence_id)
        SELECT ordering, 'run', sequence_number, persistence_id FROM journal
        WHERE manifest LIKE 'experiment-%' OR manifest LIKE 'run-%';
        """;

    /// <summary>
    /// Creates the tables in an empty file, or brings a journal of an older version up to this one. Only then is the
    /// write-ahead log turned on: a file that is not ours is left as it is.
    /// </summary>
    /// <exception cref="InvalidDataException">Not a journal, of another version, or nowhere to keep one.</exception>
    public static void Ensure(SqliteConnection connection, string path)
    {
        if (Pragma(connection, "schema_version") == 0)
        {
            // Looked at again under the write lock: another process may just have created the tables.
            using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
            if (Pragma(connection, "schema_version") == 0)
            {
                connection.Execute(Create, transaction);
            }

            transaction.Commit();
        }

        if (Check(connection, path) < Version)
        {
            using SqliteTransaction transaction = connection.BeginTransaction(deferred: false);
            if (Check(connection, path) < Version)
            {
                connection.Execute(Raise, transaction);
            }

            transaction.Commit();
        }

        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode = WAL";
        string mode = (string)command.ExecuteScalar()!;
        if (mode != "wal")
        {
            throw new InvalidDataException(
                $"no write-ahead log can be kept there (SQLite offers '{mode}'); name a file on a local disk.");
        }
    }

    /// <summary>Checks that a file is a journal that this version reads, and says which format it has.</summary>
    /// <exception cref="InvalidDataException">It is not.</exception>
    public static long Check(SqliteConnection connection, string path)
    {
        if (Pragma(connection, "application_id") != ApplicationId)
        {
            throw new InvalidDataException($"{path} is not a journal of this software.");
        }

        long version = Pragma(connection, "user_version");
        return version is >= OldestVersion and <= Version
            ? version
            : throw new InvalidDataException(
                $"{path} is a journal of format {version}; this version reads formats {OldestVersion} to {Version}. "
                + "Use the version that wrote it.");
    }

    private static long Pragma(SqliteConnection connection, string name)
    {
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // The name is one of the three constants above.
        command.CommandText = $"PRAGMA {name}";
#pragma warning restore CA2100
        return (long)command.ExecuteScalar()!;
    }
}
