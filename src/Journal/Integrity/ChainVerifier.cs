using DklActors.Journal.Storage;

namespace DklActors.Journal.Integrity;

/// <summary>Recomputes a journal's chain from its first event and names the first thing that does not fit.</summary>
internal static class ChainVerifier
{
    public static ChainReport Verify(IChainSource source)
    {
        long events = 0;
        var streamEnds = new Dictionary<string, long>();
        var contents = new HashSet<ContentHash>();
        try
        {
            ContentHash previous = HashChain.Genesis;
            foreach (ChainedRow row in source.ReadRows())
            {
                if (FaultOf(row, previous, events, streamEnds.GetValueOrDefault(row.Fields.Stream)) is { } fault)
                {
                    return new ChainReport(events, contents.Count, fault);
                }

                if (FaultOfContent(row, source, contents) is { } missing)
                {
                    return new ChainReport(events, contents.Count, missing);
                }

                streamEnds[row.Fields.Stream] = row.Fields.SequenceNumber;
                previous = row.Checksum;
                events++;
            }

            return new ChainReport(events, contents.Count, source.FindIrregularity());
        }
        catch (JournalDamagedException exception)
        {
            return new ChainReport(events, contents.Count, exception.Message);
        }
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

    private static string? FaultOfContent(in ChainedRow row, IChainSource source, HashSet<ContentHash> seen)
    {
        // An event of another daemon's run may be of a later version than this one understands; its place in the chain
        // can be checked all the same.
        if (!source.HoldsContentsOf(row.Fields.Stream))
        {
            return null;
        }

        foreach (NamedContent content in NamedContent.Of(row.ToEvent()).Where(content => !seen.Contains(content.Hash)))
        {
            try
            {
                source.ReadContent(content.Hash);
                seen.Add(content.Hash);
            }
            catch (JournalDamagedException exception)
            {
                return $"{exception.Message} It belongs to {content.Owner}.";
            }
        }

        return null;
    }
}
