using DklActors.Journal.Sqlite;
using DklActors.Journal.Storage;

namespace DklActors.Journal.Integrity;

/// <summary>Recomputes a journal's chain from its first event and names the first thing that does not fit.</summary>
internal static class ChainVerifier
{
    public static ChainReport Verify(SqliteReader reader)
    {
        long events = 0;
        var streamEnds = new Dictionary<string, long>();
        var missing = new Dictionary<ContentHash, string>();
        try
        {
            ContentHash previous = HashChain.Genesis;
            foreach (ChainedRow row in reader.ReadRows())
            {
                if (FaultOf(row, previous, events, streamEnds.GetValueOrDefault(row.Fields.Stream)) is { } fault)
                {
                    return new ChainReport(events, 0, fault);
                }

                if (NamedContent.Of(SqliteReader.EventOf(row)) is { } content)
                {
                    missing.TryAdd(content.Hash, content.Owner);
                }

                streamEnds[row.Fields.Stream] = row.Fields.SequenceNumber;
                previous = row.Checksum;
                events++;
            }
        }
        catch (JournalDamagedException exception)
        {
            return new ChainReport(events, 0, exception.Message);
        }

        return VerifyContents(reader, events, missing);
    }

    private static string? FaultOf(in ChainedRow row, ContentHash previous, long before, long streamEnd)
    {
        ChainedFields fields = row.Fields;
        if (fields.Ordering != before + 1)
        {
            return $"Event {before + 1} is missing: in its place comes {fields.Ordering}.";
        }

        if (fields.SequenceNumber != streamEnd + 1)
        {
            return $"Event {fields.Ordering} is number {fields.SequenceNumber} of stream '{fields.Stream}'; "
                + $"expected {streamEnd + 1}.";
        }

        if (row.Previous != previous)
        {
            return $"Event {fields.Ordering} ({fields.Manifest}) does not follow event {before}: "
                + $"it names the checksum {row.Previous}, not {previous}.";
        }

        ContentHash expected = HashChain.Next(previous, fields, row.Message);
        return expected == row.Checksum
            ? null
            : $"Event {fields.Ordering} ({fields.Manifest}) does not match its checksum: "
                + $"stored {row.Checksum}, recomputed {expected}.";
    }

    private static ChainReport VerifyContents(
        SqliteReader reader, long events, Dictionary<ContentHash, string> missing)
    {
        long contents = 0;
        string? owner = null;
        try
        {
            foreach (ContentHash hash in reader.ReadContentHashes())
            {
                owner = missing.Remove(hash, out string? named) ? named : "no event";
                reader.ReadContent(hash);
                contents++;
                owner = null;
            }
        }
        catch (JournalDamagedException exception)
        {
            string ownership = owner is null ? string.Empty : $" It belongs to {owner}.";
            return new ChainReport(events, contents, exception.Message + ownership);
        }

        string? fault = missing.Count == 0
            ? null
            : $"Content {missing.First().Key}, named by {missing.First().Value}, is missing.";
        return new ChainReport(events, contents, fault);
    }
}
