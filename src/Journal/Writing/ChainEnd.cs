using System.Collections.Immutable;
using DklActors.Journal.Integrity;
using DklActors.Journal.Storage;

namespace DklActors.Journal.Writing;

/// <summary>
/// Where a journal ends, and what follows there: numbers events and chains each to the one before it. Right only as
/// long as what it made becomes durable; after a transaction that failed it is thrown away.
/// </summary>
internal sealed class ChainEnd(long ordering, ContentHash checksum, int epoch, TimeProvider time)
{
    public long Ordering { get; private set; } = ordering;

    public ContentHash Checksum { get; private set; } = checksum;

    /// <summary>The rows of an append.</summary>
    /// <param name="append">What to store.</param>
    /// <param name="streamEnd">Sequence number of the stream's last event.</param>
    /// <param name="rows">Takes the rows, in order.</param>
    /// <returns>The events as they will be stored.</returns>
    public ImmutableArray<StoredEvent> Add(PendingAppend append, long streamEnd, Action<ChainedRow> rows)
    {
        var stored = ImmutableArray.CreateBuilder<StoredEvent>(append.Messages.Length);
        foreach (EncodedEvent encoded in append.Messages)
        {
            var fields = new ChainedFields(
                Ordering + 1,
                append.Stream,
                ++streamEnd,
                time.GetUtcNow().UtcTicks,
                epoch,
                encoded.Manifest,
                encoded.SchemaVersion);
            ContentHash next = HashChain.Next(Checksum, fields, encoded.Message);
            rows(new ChainedRow(fields, encoded.Message, next, Checksum));
            stored.Add(new StoredEvent(
                fields.Ordering,
                fields.Stream,
                fields.SequenceNumber,
                new DateTimeOffset(fields.CreatedTicks, TimeSpan.Zero),
                epoch,
                fields.Manifest,
                fields.SchemaVersion,
                encoded.Event,
                next));
            (Ordering, Checksum) = (fields.Ordering, next);
        }

        return stored.MoveToImmutable();
    }
}
