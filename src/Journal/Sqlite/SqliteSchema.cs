using Microsoft.Data.Sqlite;

namespace DklActors.Journal.Sqlite;

/// <summary>
/// Tables of a journal file. Names that Akka.Persistence.Sql has for the same thing are kept; epoch, schema version,
/// checksum and previous hash are ours.
/// </summary>
internal static class SqliteSchema
{
    public const int Version = 1;

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
        CREATE TABLE content (
            hash     BLOB    PRIMARY KEY,
            kind     TEXT    NOT NULL,
            length   INTEGER NOT NULL,
            encoding TEXT    NOT NULL,
            data     BLOB    NOT NULL
        ) WITHOUT ROWID;
        CREATE TABLE writer (epoch INTEGER PRIMARY KEY, writer_uuid TEXT NOT NULL, opened INTEGER NOT NULL);
        PRAGMA user_version = 1;
        """;

    /// <summary>Creates the tables in an empty file, or checks that a file is a journal of this version.</summary>
    public static void Ensure(SqliteConnection connection, string path)
    {
        long version = Pragma(connection, "user_version");
        if (version == 0 && Pragma(connection, "schema_version") == 0)
        {
            using SqliteTransaction transaction = connection.BeginTransaction();
            connection.Execute(Create, transaction);
            transaction.Commit();
            return;
        }

        if (Pragma(connection, "application_id") != ApplicationId)
        {
            throw new InvalidDataException($"{path} is an SQLite file, but not a journal of this software.");
        }

        if (version != Version)
        {
            throw new InvalidDataException(
                $"{path} is a journal of format {version}; this version reads and writes format {Version}.");
        }
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
