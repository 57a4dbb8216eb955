using DklActors.Journal.Integrity;
using DklActors.Journal.Storage;
using Npgsql;

namespace DklActors.Journal.Postgres;

/// <summary>A state as it was kept, and whether it fits the event that it follows from.</summary>
internal sealed record StoredSnapshot(string Stream, StateSnapshot Snapshot, bool IsSealed)
{
    /// <summary>Columns in the order in which <see cref="Of"/> takes them.</summary>
    public const string Select = """
        SELECT persistence_id, sequence_number, snapshot.manifest, snapshot.snapshot, snapshot.checksum,
            journal.checksum
        FROM snapshot LEFT JOIN journal USING (persistence_id, sequence_number)
        """;

    public static StoredSnapshot Of(NpgsqlDataReader row)
    {
        var snapshot = new StateSnapshot(row.GetInt64(1), row.GetString(2), row.GetFieldValue<byte[]>(3));
        byte[] seal = row.GetFieldValue<byte[]>(4);
        bool isSealed = !row.IsDBNull(5)
            && row.GetFieldValue<byte[]>(5) is { Length: ContentHash.Length } last
            && SnapshotSeal.Of(ContentHash.From(last), snapshot.Manifest, snapshot.State.Span).ToBytes()
                .SequenceEqual(seal);
        return new StoredSnapshot(row.GetString(0), snapshot, isSealed);
    }
}
