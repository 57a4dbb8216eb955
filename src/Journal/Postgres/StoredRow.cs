using DklActors.Journal.Integrity;
using DklActors.Journal.Storage;
using Npgsql;

namespace DklActors.Journal.Postgres;

/// <summary>A row as it came: only when its turn comes is it known whether what stands for hashes is some.</summary>
internal readonly record struct StoredRow(ChainedFields Fields, byte[] Message, byte[] Checksum, byte[] Previous)
{
    /// <param name="row">With <see cref="JournalSql.Columns"/>.</param>
    public static StoredRow Of(NpgsqlDataReader row) => new(
        new ChainedFields(
            row.GetInt64(0),
            row.GetString(1),
            row.GetInt64(2),
            row.GetInt64(3),
            row.GetInt32(4),
            row.GetString(5),
            row.GetInt32(6)),
        row.GetFieldValue<byte[]>(7),
        row.GetFieldValue<byte[]>(8),
        row.GetFieldValue<byte[]>(9));

    /// <exception cref="JournalDamagedException">A hash is none.</exception>
    public ChainedRow ToChained() => new(Fields, Message, HashOf(Checksum), HashOf(Previous));

    private ContentHash HashOf(byte[] bytes) => bytes.Length == ContentHash.Length
        ? ContentHash.From(bytes)
        : throw new JournalDamagedException(
            $"Event {Fields.Ordering} ({Fields.Manifest}) has {bytes.Length} bytes in the place of a SHA-256.");
}
