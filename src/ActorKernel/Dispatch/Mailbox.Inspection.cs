namespace DklActors.ActorKernel.Dispatch;

/// <summary>
/// What is seen of it from outside, on any thread, while the actor runs. Every message costs two readings of the clock,
/// half of a short message's time: with fewer, a slow message among fast ones would be blamed on another.
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

    private void EndMessage(long now)
    {
        // An async handler that awaits is still at its message.
        if (_busySince != Never && !cell.IsAwaiting)
        {
            _processed++;
            _lastBeat = now;
            _busySince = Never;
        }
    }
}
