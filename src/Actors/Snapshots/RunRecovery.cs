using DklActors.Actors.Experiments;
using DklActors.Journal.Storage;

namespace DklActors.Actors.Snapshots;

/// <summary>From a stream to the state that follows from it.</summary>
public static class RunRecovery
{
    /// <summary>
    /// Folds the events as they are read, from the newest state that was kept of them on: a long run's events are not
    /// held in memory.
    /// </summary>
    /// <exception cref="JournalException">The journal cannot be read.</exception>
    public static RecoveredRun Recover(IJournalReader journal, string stream)
    {
        ArgumentNullException.ThrowIfNull(journal);
        long kept = 0;
        ExperimentState state = ExperimentState.Empty;
        if (journal.LatestSnapshot(stream, ExperimentSnapshot.Manifest) is { } snapshot
            && ExperimentSnapshot.Read(snapshot.State.Span) is { } restored)
        {
            (kept, state) = (snapshot.SequenceNumber, restored);
        }

        long events = kept;
        foreach (StoredEvent stored in journal.Read(stream, kept))
        {
            state = state.Apply(stored.Event);
            events++;
        }

        return new RecoveredRun(events, state, kept);
    }
}
