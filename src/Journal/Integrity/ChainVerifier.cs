using DklActors.Journal.Sqlite;
using DklActors.Journal.Storage;
using DklActors.Messages.Events;

namespace DklActors.Journal.Integrity;

/// <summary>Recomputes a journal's chain from its first event and names the first thing that does not fit.</summary>
internal static class ChainVerifier
{
    public static ChainReport Verify(SqliteReader reader)
    {
        long events = 0;
        ContentHash previous = HashChain.Genesis;
        var streamEnds = new Dictionary<string, long>();
        var missing = new Dictionary<ContentHash, string>();
        foreach ((ChainedFields fields, byte[] message, ContentHash checksum) in reader.ReadRows())
        {
            long end = streamEnds.GetValueOrDefault(fields.Stream);
            if (FaultOf(fields, message, checksum, previous, events, end) is { } fault)
            {
                return new ChainReport(events, 0, fault);
            }

            try
            {
                Require(SqliteReader.EventOf(fields, message, checksum), missing);
            }
            catch (JournalDamagedException exception)
            {
                return new ChainReport(events, 0, exception.Message);
            }

            streamEnds[fields.Stream] = fields.SequenceNumber;
            previous = checksum;
            events++;
        }

        return VerifyContents(reader, events, missing);
    }

    private static string? FaultOf(
        in ChainedFields fields, byte[] message, ContentHash checksum, ContentHash previous, long before, long streamEnd)
    {
        if (fields.Ordering != before + 1)
        {
            return $"Event {before + 1} is missing: after it comes {fields.Ordering}.";
        }

        if (fields.SequenceNumber != streamEnd + 1)
        {
            return $"Event {fields.Ordering} is number {fields.SequenceNumber} of stream '{fields.Stream}'; "
                + $"expected {streamEnd + 1}.";
        }

        ContentHash expected = HashChain.Next(previous, fields, message);
        return expected == checksum
            ? null
            : $"Event {fields.Ordering} ({fields.Manifest}) does not match its checksum: "
                + $"stored {checksum}, recomputed {expected}.";
    }

    private static void Require(StoredEvent stored, Dictionary<ContentHash, string> missing)
    {
        string? hash = stored.Event switch
        {
            SurveyRecorded survey => survey.ImageHash,
            FrameRecorded frame => frame.FrameHash,
            ModelTrained model => model.StateHash,
            _ => null,
        };
        if (hash is not null)
        {
            string owner = stored.Event is FrameRecorded recorded ? $", point {recorded.Point}" : string.Empty;
            missing.TryAdd(new ContentHash(hash), $"event {stored.Ordering} ({stored.Manifest}{owner})");
        }
    }

    private static ChainReport VerifyContents(
        SqliteReader reader, long events, Dictionary<ContentHash, string> missing)
    {
        long contents = 0;
        foreach (ContentHash hash in reader.ReadContentHashes())
        {
            string owner = missing.Remove(hash, out string? named) ? named : "no event";
            try
            {
                reader.ReadContent(hash);
            }
            catch (JournalDamagedException exception)
            {
                return new ChainReport(events, contents, $"{exception.Message} It belongs to {owner}.");
            }

            contents++;
        }

        string? fault = missing.Count == 0
            ? null
            : $"Content {missing.First().Key}, named by {missing.First().Value}, is missing.";
        return new ChainReport(events, contents, fault);
    }
}
