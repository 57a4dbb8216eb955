using System.Collections.Immutable;
using DklActors.Journal.Contents;
using DklActors.Journal.Integrity;
using DklActors.Journal.Storage;
using Npgsql;

namespace DklActors.Journal.Postgres;

/// <summary>
/// Read-only access. Long reads go page by page, so that no statement, and no old state of the tables, is held open
/// for as long as its reader takes; what is appended is never changed, so the pages fit together.
/// </summary>
internal sealed class PostgresReader(PostgresConnector connector, string stream, ContentFolder contents) : IChainSource
{
    private const int PageSize = 1000;

    private static readonly string[] Irregularities =
    [
        """
        SELECT 'The head names event ' || journal_head.ordering || ' as the last one, which is ' ||
            COALESCE(last.ordering, 0) || ' or has another checksum.'
        FROM journal_head LEFT JOIN (SELECT * FROM journal ORDER BY ordering DESC LIMIT 1) AS last ON TRUE
        WHERE journal_head.ordering <> COALESCE(last.ordering, 0)
            OR journal_head.checksum <> COALESCE(last.checksum, $1)
        """,
        """
        SELECT 'Event ' || journal.ordering || ' was not written by the writer of its epoch, or is marked.'
        FROM journal LEFT JOIN writer
            ON writer.persistence_id = journal.persistence_id AND writer.epoch = journal.epoch
        WHERE writer.writer_uuid IS DISTINCT FROM journal.writer_uuid OR identifier <> 0 OR deleted
        ORDER BY journal.ordering LIMIT 1
        """,
        """
        SELECT 'Event ' || COALESCE(tagged.ordering, tags.ordering_id) || ' and its tag do not fit.'
        FROM (SELECT ordering, sequence_number, persistence_id, 'run' AS tag FROM journal
              WHERE manifest LIKE 'experiment-%' OR manifest LIKE 'run-%') AS tagged
        FULL JOIN tags ON tags.ordering_id = tagged.ordering AND tags.tag = tagged.tag
            AND tags.sequence_nr = tagged.sequence_number AND tags.persistence_id = tagged.persistence_id
        WHERE tagged.ordering IS NULL OR tags.ordering_id IS NULL
        ORDER BY COALESCE(tagged.ordering, tags.ordering_id) LIMIT 1
        """,
    ];

    // Whole tables are gone through, which may take longer than the deadline of a request.
    private static readonly TimeSpan LongestCheck = TimeSpan.FromMinutes(10);

    /// <exception cref="JournalException">There is no server, or no journal of this version.</exception>
    public void RequireJournal()
    {
        using NpgsqlConnection connection = Open();
        try
        {
            PostgresSchema.Check(connection);
        }
        catch (Exception exception) when (exception is NpgsqlException or InvalidDataException)
        {
            throw PostgresFaults.OfReading(connector.Name, exception);
        }
    }

    public IEnumerable<StoredEvent> Read(string name, long afterSequence) => ReadPaged(
        $"""
        SELECT {JournalSql.Columns} FROM journal
        WHERE persistence_id = $2 AND sequence_number > $1 ORDER BY sequence_number LIMIT {PageSize}
        """,
        afterSequence,
        static row => row.Fields.SequenceNumber,
        name).Select(static row => row.ToEvent());

    public ImmutableArray<string> ReadStreams()
    {
        using NpgsqlConnection connection = Open();
        using NpgsqlCommand command = connection.Command(JournalSql.StreamNames);
        return [.. Collect(command, static row => row.GetString(0))];
    }

    public StateSnapshot? LatestSnapshot(string name, string manifest)
    {
        using NpgsqlConnection connection = Open();
        using NpgsqlCommand command = connection.Command(
            $"{StoredSnapshot.Select} WHERE persistence_id = $1 AND snapshot.manifest = $2 "
            + "ORDER BY snapshot.sequence_number DESC",
            name, manifest);
        return Collect(command, StoredSnapshot.Of).Find(static kept => kept.IsSealed)?.Snapshot;
    }

    public IEnumerable<ChainedRow> ReadRows() => ReadPaged(
        $"SELECT {JournalSql.Columns} FROM journal WHERE ordering > $1 ORDER BY ordering LIMIT {PageSize}",
        long.MinValue,
        static row => row.Fields.Ordering);

    public ReadOnlyMemory<byte> ReadContent(ContentHash hash) =>
        contents.Find(hash) ?? throw new JournalDamagedException($"Content {hash} is not in {contents.Root}.");

    /// <summary>Those of other runs are kept by their daemons.</summary>
    public bool HoldsContentsOf(string name) => name == stream;

    public string? FindIrregularity()
    {
        using NpgsqlConnection connection = Connect(() => connector.OpenForChecking(LongestCheck));
        foreach (string sql in Irregularities)
        {
            object[] values =
                sql.Contains("$1", StringComparison.Ordinal) ? [HashChain.Genesis.ToBytes()] : [];
            using NpgsqlCommand command = connection.Command(sql, values);
            command.CommandTimeout = (int)LongestCheck.TotalSeconds + 1;
            if (Collect(command, static row => row.GetString(0)) is [string fault, ..])
            {
                return fault;
            }
        }

        // One after the other: of all runs, their states need not fit into memory together.
        using NpgsqlCommand kept = connection.Command(
            $"{StoredSnapshot.Select} WHERE (persistence_id, sequence_number) > ($1, $2) "
            + "ORDER BY persistence_id, sequence_number LIMIT 1",
            "", 0L);
        while (Collect(kept, StoredSnapshot.Of) is [StoredSnapshot next])
        {
            if (!next.IsSealed)
            {
                return $"The state that was kept after event {next.Snapshot.SequenceNumber} of stream '{next.Stream}' "
                    + "does not fit it; it is not used.";
            }

            (kept.Parameters[0].Value, kept.Parameters[1].Value) = (next.Stream, next.Snapshot.SequenceNumber);
        }

        return null;
    }

    private IEnumerable<ChainedRow> ReadPaged(
        string sql, long after, Func<ChainedRow, long> placeOf, params object[] values)
    {
        using NpgsqlConnection connection = Open();
        using NpgsqlCommand command = connection.Command(sql, [after, .. values]);
        List<StoredRow> page;
        do
        {
            command.Parameters[0].Value = after;
            page = Collect(command, StoredRow.Of);
            foreach (StoredRow stored in page)
            {
                ChainedRow row = stored.ToChained();
                yield return row;
                after = placeOf(row);
            }
        }
        while (page.Count == PageSize);
    }

    private List<T> Collect<T>(NpgsqlCommand command, Func<NpgsqlDataReader, T> read)
    {
        try
        {
            using NpgsqlDataReader row = command.ExecuteReader();
            List<T> rows = [];
            while (row.Read())
            {
                rows.Add(read(row));
            }

            return rows;
        }
        catch (Exception exception) when (exception is NpgsqlException or InvalidCastException)
        {
            throw PostgresFaults.OfReading(connector.Name, exception);
        }
    }

    private NpgsqlConnection Open() => Connect(connector.OpenForReading);

    private NpgsqlConnection Connect(Func<NpgsqlConnection> open)
    {
        try
        {
            return open();
        }
        catch (Exception exception) when (exception is NpgsqlException or IOException)
        {
            throw PostgresFaults.OfReading(connector.Name, exception);
        }
    }
}
