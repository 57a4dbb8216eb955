using DklActors.Journal.Integrity;
using DklActors.Journal.Storage;
using DklActors.Journal.Writing;

namespace DklActors.Journal.Postgres;

/// <summary>What one transaction is to hold, and what its requests will be told once it does.</summary>
/// <param name="Rows">In the order of the chain; empty where no request fits.</param>
/// <param name="Outcomes">One a request.</param>
/// <param name="StreamEnd">Sequence number of the stream's last event afterwards.</param>
/// <param name="Snapshot">The newest state to keep, with its seal, or null.</param>
internal sealed record PreparedBatch(
    IReadOnlyList<ChainedRow> Rows,
    IReadOnlyList<AppendOutcome> Outcomes,
    long StreamEnd,
    (StateSnapshot State, ContentHash Seal)? Snapshot)
{
    /// <param name="batch">Requests of one stream.</param>
    /// <param name="end">Where the chain ends.</param>
    /// <param name="streamEnd">Where the stream ends.</param>
    public static PreparedBatch Of(IReadOnlyList<PendingAppend> batch, ChainEnd end, long streamEnd)
    {
        List<ChainedRow> rows = [];
        (StateSnapshot, ContentHash)? kept = null;
        var outcomes = new AppendOutcome[batch.Count];
        for (int i = 0; i < outcomes.Length; i++)
        {
            PendingAppend append = batch[i];
            long expected = append.Request.ExpectedSequence;
            if (expected != streamEnd)
            {
                outcomes[i] = new AppendOutcome(
                    default, new SequenceConflictException(append.Stream, expected, streamEnd));
                continue;
            }

            outcomes[i] = new AppendOutcome(end.Add(append, streamEnd, rows.Add), null);
            streamEnd += append.Messages.Length;
            if (append.Request.Snapshot is { } snapshot)
            {
                kept = (snapshot, SnapshotSeal.Of(end.Checksum, snapshot.Manifest, snapshot.State.Span));
            }
        }

        return new PreparedBatch(rows, outcomes, streamEnd, kept);
    }
}
