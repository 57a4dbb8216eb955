using System.Collections.Immutable;
using DklActors.Actors.Snapshots;
using DklActors.Journal.Storage;
using DklActors.Messages.Events;

namespace DklActors.Actors.Experiments;

/// <summary>
/// The experiment's pen: appends to its stream in order and runs each continuation only once its events are
/// durable, in the order in which they were asked for.
/// </summary>
/// <remarks>
/// Commits complete on other threads and their notices may overtake each other on the way to the mailbox; the
/// tickets put them back in order.
/// </remarks>
internal sealed class JournalSession(
    IEventStore store,
    string stream,
    IActorRef owner,
    AppendsUnderWay appends,
    ExperimentState state,
    long end,
    SnapshotPolicy snapshots,
    TimeProvider time)
{
    private ExperimentState _expected = state;

    private readonly Queue<Waiting> _waiting = new();
    private long _sequence = end;

    /// <summary>The state once all that is on its way is durable.</summary>
    public ExperimentState Expected => _expected;

    public int InFlight => _waiting.Count;

    /// <exception cref="InvalidOperationException">
    /// No state would follow. Nothing is written: a stream with an illegal event could never be taken up again.
    /// </exception>
    public void Append(ImmutableArray<JournalEvent> events, ImmutableArray<Content> contents, Action committed)
    {
        _expected = events.Aggregate(_expected, (state, journalEvent) => state.Apply(journalEvent));
        var request = new AppendRequest(stream, _sequence, events, contents);
        _sequence += events.Length;
        if (snapshots.IsDueAt(_sequence))
        {
            request = request with
            {
                Snapshot = new StateSnapshot(
                    _sequence, ExperimentSnapshot.Manifest, ExperimentSnapshot.Write(_expected)),
            };
        }

        // The number of its last event is a ticket that no other append of the stream has, whoever asked for it.
        long ticket = _sequence;
        _waiting.Enqueue(new Waiting(ticket, committed, time.GetTimestamp()));
        Task<ImmutableArray<StoredEvent>> append = store.AppendAsync(request, CancellationToken.None);
        appends.Add(append);
        append.PipeTo(
            owner,
            success: stored => new Appended(ticket, stored),
            failure: exception => new JournalLost(exception.Message));
    }

    /// <summary>Notes a commit and returns all that are now due, oldest first.</summary>
    /// <returns>Of each the events, what to do now, and the time from the asking to the news.</returns>
    public IEnumerable<(ImmutableArray<StoredEvent> Events, Action Committed, TimeSpan Took)> Complete(
        Appended appended)
    {
        foreach (Waiting waiting in _waiting)
        {
            if (waiting.Ticket == appended.Ticket)
            {
                waiting.Events = appended.Events;
                waiting.Took = time.GetElapsedTime(waiting.AskedAt);
            }
        }

        while (_waiting.TryPeek(out Waiting? first) && !first.Events.IsDefault)
        {
            _waiting.Dequeue();
            yield return (first.Events, first.Committed, first.Took);
        }
    }

    private sealed class Waiting(long ticket, Action committed, long askedAt)
    {
        public long Ticket { get; } = ticket;

        public Action Committed { get; } = committed;

        public long AskedAt { get; } = askedAt;

        public ImmutableArray<StoredEvent> Events { get; set; }

        public TimeSpan Took { get; set; }
    }
}
