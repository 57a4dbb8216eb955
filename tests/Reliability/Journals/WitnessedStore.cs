using System.Collections.Immutable;
using DklActors.Journal.Storage;
using DklActors.Messages.Serialization;
using DklActors.Reliability.Columns;
using DklActors.Reliability.Failpoints;
using DklActors.Reliability.Witnesses;

namespace DklActors.Reliability.Journals;

/// <summary>
/// The way to the journal: notes what was acknowledged, and the process can die before, between and after.
/// </summary>
internal sealed class WitnessedStore(
    IEventStore inner, ArmedFailpoint failpoint, Witness witness, ColumnRegister register) : IEventStore
{
    private long _acknowledged;

    public int Epoch => inner.Epoch;

    public ImmutableArray<string> Streams => inner.Streams;

    public async Task<ImmutableArray<StoredEvent>> AppendAsync(
        AppendRequest request, CancellationToken cancellationToken)
    {
        string[] manifests = [.. request.Events.Select(EventCatalog.ManifestOf).Distinct()];
        witness.Appending();
        PassAll(manifests, Failpoint.AppendBefore);
        ImmutableArray<StoredEvent> stored =
            await inner.AppendAsync(request, cancellationToken).ConfigureAwait(false);
        PassAll(manifests, Failpoint.AppendCommitted);
        foreach (StoredEvent each in stored)
        {
            witness.Acknowledged(each);
        }

        register.Acknowledged = Interlocked.Increment(ref _acknowledged);
        PassAll(manifests, Failpoint.AppendAcknowledged);
        return stored;
    }

    public IEnumerable<StoredEvent> Read(string stream, long afterSequence = 0) => inner.Read(stream, afterSequence);

    public StateSnapshot? LatestSnapshot(string stream, string manifest) => inner.LatestSnapshot(stream, manifest);

    public ReadOnlyMemory<byte> ReadContent(ContentHash hash) => inner.ReadContent(hash);

    public ChainReport Verify() => inner.Verify();

    /// <summary>Does nothing: the store that is wrapped is the run's to dispose of.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void PassAll(string[] manifests, Func<string, string> nameOf)
    {
        foreach (string manifest in manifests)
        {
            failpoint.Pass(nameOf(manifest));
        }
    }
}
