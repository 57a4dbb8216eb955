namespace DklActors.ActorKernel.Dispatch;

/// <summary>The user messages: those that arrived, and before them those that the reader took over at once.</summary>
internal sealed partial class Mailbox
{
    // For senders that wait for room: reset where a message finds none, set where one leaves. It holds no handle.
    private readonly ManualResetEventSlim? _room =
        definition.Overflow == OverflowPolicy.Wait ? new ManualResetEventSlim() : null;

    // Under the gate. What the kernel must not lose has its place beyond the bound.
    private Ring<Waiting> _arrived;
    private int _arrivedBounded;

    // Only for the reader. The first ones were unstashed and count for no bound, for they were within it once.
    private Ring<Waiting> _taken;
    private int _takenUncounted;

    // Written by the reader. Writers read it under the gate, and one that knows of a message's end sees that it left.
    private int _takenBounded;

    private enum Outcome
    {
        Accepted,
        Full,
        Closed,
    }

    private bool Evicts => definition.Overflow is OverflowPolicy.DropOldest or OverflowPolicy.LatestOnly;

    /// <summary>Puts messages, in this order, before all others. Only for the reader.</summary>
    public void Prepend(IReadOnlyList<Envelope> envelopes)
    {
        for (var i = envelopes.Count - 1; i >= 0; i--)
        {
            _taken.AddFirst(new Waiting(envelopes[i], _now));
        }

        _takenUncounted += envelopes.Count;
        _oldestTaken = _taken.Count > 0 ? _taken[0].Since : Never;
    }

    private static bool IsBounded(in Envelope envelope) => envelope.Message is not IUndroppable;

    /// <param name="evicted">The older message that made room, if one had to; otherwise empty.</param>
    private Outcome TryEnqueue(in Envelope envelope, out Envelope evicted)
    {
        evicted = default;
        var bounded = IsBounded(envelope);
        var waiting = new Waiting(envelope, TimeOfSending());
        bool wakes;
        lock (_gate)
        {
            if (_closed)
            {
                return Outcome.Closed;
            }

            var full = _arrivedBounded + Volatile.Read(ref _takenBounded) >= definition.EffectiveCapacity;
            if (bounded && full && !Evicts)
            {
                _room?.Reset();
                return Outcome.Full;
            }

            if (bounded && full)
            {
                evicted = EvictOldest_NeedsLock();
            }

            _arrived.AddLast(waiting);
            _arrivedBounded += bounded ? 1 : 0;
            wakes = !_scheduled && !_parked;
            _scheduled |= wakes;
        }

        if (wakes)
        {
            dispatcher.Schedule(this);
        }

        return Outcome.Accepted;
    }

    private long TimeOfSending() => ActorCell.Current is { } sender && sender.System == cell.System
        ? sender.Mailbox._now
        : _clock.GetTimestamp();

    private Envelope EvictOldest_NeedsLock()
    {
        // There is one, for the bound is reached. Those before it keep their order.
        var oldest = 0;
        while (!IsBounded(_arrived[oldest].Envelope))
        {
            oldest++;
        }

        _arrivedBounded--;
        return _arrived.RemoveAt(oldest).Envelope;
    }

    private bool TryTake(out Envelope envelope)
    {
        if (_taken.Count == 0)
        {
            TakeArrived();
        }

        var any = _taken.TryRemoveFirst(out var first);
        envelope = first.Envelope;
        _oldestTaken = _taken.Count > 0 ? _taken[0].Since : Never;
        if (_takenUncounted > 0)
        {
            _takenUncounted--;
        }
        else if (any && IsBounded(envelope))
        {
            Volatile.Write(ref _takenBounded, _takenBounded - 1);
        }

        return any;
    }

    /// <summary>Takes over all that arrived, so that the reader needs the gate once for many messages; only the first
    /// where writers may evict what waits, and where senders wait for every single place.</summary>
    private void TakeArrived()
    {
        lock (_gate)
        {
            if (!Evicts && _room is null)
            {
                (_arrived, _taken) = (_taken, _arrived);
                (_arrivedBounded, _takenBounded) = (0, _arrivedBounded);
            }
            else if (_arrived.TryRemoveFirst(out var first))
            {
                _taken.AddLast(first);
                _takenUncounted = 1;
                _arrivedBounded -= IsBounded(first.Envelope) ? 1 : 0;
                _room?.Set();
            }
        }
    }

    /// <summary>Whether this sender may be held up. Not the actor itself, which would wait for itself, and not who
    /// reports behind others' backs: ticks, logs, dead letters.</summary>
    private bool MayWait(object message) =>
        _room is not null && ActorCell.Current != cell && message is not (TimerTick or LogEvent or AllDeadLetters);

    private Outcome EnqueueInTime(in Envelope envelope)
    {
        using var deadline = new CancellationTokenSource(definition.WaitLimit, _clock);
        var outcome = Outcome.Full;
        while (outcome == Outcome.Full && dispatcher.AwaitRoom(_room!, deadline.Token))
        {
            outcome = TryEnqueue(envelope, out _);
        }

        return outcome;
    }

    /// <param name="Since">A time stamp of the system's clock.</param>
    private readonly record struct Waiting(Envelope Envelope, long Since);
}
