using DklActors.Journal.Integrity;
using Npgsql;

namespace DklActors.Journal.Postgres;

/// <summary>
/// Tables of a journal, in the first schema of the search path. Names that Akka.Persistence.Sql has for the same
/// thing are kept; epoch, schema version, checksum, previous hash and the head are ours.
/// </summary>
internal static class PostgresSchema
{
    public const int Version = 1;

    private const long CreationLock = 0x444B4C31; // "DKL1"; advisory locks belong to their database

    // Names are compared byte by byte: an index must not come to be wrong with the next version of a collation.
    private const string Create = """
        CREATE TABLE journal (
            ordering        BIGINT  PRIMARY KEY,
            persistence_id  TEXT    COLLATE "C" NOT NULL,
            sequence_number BIGINT  NOT NULL,
            created         BIGINT  NOT NULL,
            message         BYTEA   NOT NULL,
            identifier      INTEGER NOT NULL DEFAULT 0,
            manifest        TEXT    NOT NULL,
            writer_uuid     TEXT    NOT NULL,
            deleted         BOOLEAN NOT NULL DEFAULT FALSE,
            epoch           INTEGER NOT NULL,
            schema_version  INTEGER NOT NULL,
            checksum        BYTEA   NOT NULL,
            previous_hash   BYTEA   NOT NULL,
            UNIQUE (persistence_id, sequence_number)
        );
        CREATE TABLE tags (
            ordering_id     BIGINT  NOT NULL,
            tag             TEXT    COLLATE "C" NOT NULL,
            sequence_nr     BIGINT  NOT NULL,
            persistence_id  TEXT    COLLATE "C" NOT NULL,
            PRIMARY KEY (tag, ordering_id)
        );
        CREATE TABLE snapshot (
            persistence_id  TEXT    COLLATE "C" NOT NULL,
            sequence_number BIGINT  NOT NULL,
            created         BIGINT  NOT NULL,
            snapshot        BYTEA   NOT NULL,
            manifest        TEXT    NOT NULL,
            serializer_id   INTEGER NOT NULL DEFAULT 0,
            checksum        BYTEA   NOT NULL,
            PRIMARY KEY (persistence_id, sequence_number)
        );
        CREATE TABLE writer (
            persistence_id  TEXT    COLLATE "C" NOT NULL,
            epoch           INTEGER NOT NULL,
            writer_uuid     TEXT    NOT NULL,
            opened          BIGINT  NOT NULL,
            PRIMARY KEY (persistence_id, epoch)
        );
        CREATE TABLE journal_head (
            single          BOOLEAN PRIMARY KEY DEFAULT TRUE CHECK (single),
            format          INTEGER NOT NULL,
            ordering        BIGINT  NOT NULL,
            checksum        BYTEA   NOT NULL
        ) WITH (fillfactor = 10);
        """;

    /// <summary>Creates the tables where they are absent; of several who try at once, one does.</summary>
    /// <exception cref="InvalidDataException">Not a journal, of another version, or nowhere to keep one.</exception>
    public static void Ensure(NpgsqlConnection connection)
    {
        RequireDurability(connection);
        using (NpgsqlTransaction transaction = connection.BeginTransaction())
        {
            connection.Execute("SELECT pg_advisory_xact_lock($1)", CreationLock);
            string schema = SchemaOf(connection);
            if (!HasTable(connection, "journal_head"))
            {
                foreach (string name in new[] { "journal", "tags", "snapshot", "writer" })
                {
                    if (HasTable(connection, name))
                    {
                        throw new InvalidDataException(
                            $"the schema {schema} has a table {name} that is not of this software; "
                            + "name another schema with Search Path");
                    }
                }

                connection.Execute(Create);
                connection.Execute(
                    "INSERT INTO journal_head (format, ordering, checksum) VALUES ($1, 0, $2)",
                    Version, HashChain.Genesis.ToBytes());
            }

            transaction.Commit();
        }

        Check(connection);
    }

    /// <summary>Checks that there is a journal that this version reads.</summary>
    /// <exception cref="InvalidDataException">There is not.</exception>
    public static void Check(NpgsqlConnection connection)
    {
        string schema = SchemaOf(connection);
        if (!HasTable(connection, "journal_head"))
        {
            throw new InvalidDataException($"the schema {schema} holds no journal of this software");
        }

        int? version;
        try
        {
            version = (int?)connection.Ask("SELECT format FROM journal_head");
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UndefinedColumn)
        {
            throw new InvalidDataException(
                $"the schema {schema} has a table journal_head that is not of this software", exception);
        }

        if (version != Version)
        {
            throw new InvalidDataException(
                $"the journal in the schema {schema} is of format {version}; this version reads format {Version}. "
                + "Use the version that wrote it");
        }
    }

    // What is answered before it is on the disk is no journal; nor is one that a torn page can take along.
    private static void RequireDurability(NpgsqlConnection connection)
    {
        foreach (string setting in new[] { "fsync", "full_page_writes" })
        {
            if (connection.Ask("SELECT current_setting($1)", setting) is not "on")
            {
                throw new InvalidDataException(
                    $"the server runs with {setting} = off, so that it can lose what it has confirmed; "
                    + $"set {setting} = on in its postgresql.conf");
            }
        }
    }

    private static string SchemaOf(NpgsqlConnection connection) =>
        connection.Ask("SELECT current_schema()::text") as string
        ?? throw new InvalidDataException(
            "none of the schemas of the search path exists; create one (CREATE SCHEMA), or name another");

    private static bool HasTable(NpgsqlConnection connection, string name) => connection.Ask(
        "SELECT to_regclass(format('%I.%I', current_schema(), $1)) IS NOT NULL", name) is true;
}
