namespace DklActors.ActorKernel.Dispatch;

/// <summary>
/// What is seen of it from outside, on any thread, while the actor runs. Every message costs a reading of the clock, a
/// third of a short message's time: the end of one message is the beginning of the next, and the time of all that is
/// sent in between. With fewer, a slow message among fast ones would be blamed on another.
/// </summary>
internal sealed partial class Mailbox
{
    private const long Never = long.MinValue;

    // Written by the reader, drops excepted. Each is right by itself, but they are not of one instant.
    private long _oldestTaken = Never;
    private long _busySince = Never;
    private long _lastBeat = Never;
    private long _processed;
    private long _dropped;

    // The last reading, only for the thread inside.
    private long _now;

    public ActorSnapshot Inspect(ActorSnapshot actor)
    {
        int depth;
        long oldest;
        lock (_gate)
        {
            depth = _arrived.Count + _taken.Count;
            oldest = Volatile.Read(ref _oldestTaken);
            oldest = oldest == Never && _arrived.Count > 0 ? _arrived[0].Since : oldest;
        }

        return actor with
        {
            Depth = depth,
            Capacity = definition.EffectiveCapacity,
            Overflow = definition.Overflow,
            OldestWaiting = Since(oldest),
            Processed = Volatile.Read(ref _processed),
            Dropped = Volatile.Read(ref _dropped),
            LastBeat = Since(Volatile.Read(ref _lastBeat)),
            BusyFor = Since(Volatile.Read(ref _busySince)),
        };
    }

    private TimeSpan? Since(long stamp) => stamp == Never ? null : _clock.GetElapsedTime(stamp);

    private void EndMessage()
    {
        _now = _clock.GetTimestamp();

        // An async handler that awaits is still at its message.
        if (_busySince != Never && !cell.IsAwaiting)
        {
            _processed++;
            _lastBeat = _now;
            _busySince = Never;
        }
    }
}
