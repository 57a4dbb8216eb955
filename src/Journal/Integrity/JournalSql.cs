namespace DklActors.Journal.Integrity;

/// <summary>What every back end asks of its tables in the same words.</summary>
internal static class JournalSql
{
    /// <summary>What a <see cref="ChainedRow"/> is made of, in that order.</summary>
    public const string Columns =
        "ordering, persistence_id, sequence_number, created, epoch, manifest, schema_version, message, checksum, "
        + "previous_hash";

    /// <summary>Streams by their first event: from one to the next by the index, however long each is.</summary>
    public const string StreamNames = """
        WITH RECURSIVE stream(id) AS (
            SELECT MIN(persistence_id) FROM journal
            UNION ALL
            SELECT (SELECT MIN(persistence_id) FROM journal WHERE persistence_id > stream.id)
            FROM stream WHERE stream.id IS NOT NULL)
        SELECT stream.id FROM stream LEFT JOIN journal
            ON journal.persistence_id = stream.id AND journal.sequence_number = 1
        WHERE stream.id IS NOT NULL ORDER BY journal.ordering
        """;
}
