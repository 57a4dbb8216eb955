namespace DklActors.Instruments.Tests;

/// <summary>A clock that stands until a test moves it; timers fire in order of their due times.</summary>
internal sealed class ManualTimeProvider : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _timers = [];
    private long _now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddTicks(GetTimestamp());

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        period.Should().Be(Timeout.InfiniteTimeSpan, "periodic timers are not needed here");
        ManualTimer timer = new(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock, stopping at every timer on the way.</summary>
    public void Advance(TimeSpan duration)
    {
        long target = GetTimestamp() + duration.Ticks;
        SynchronizationContext? context = SynchronizationContext.Current;
        // Without a context, what waits for a timer goes on at once on this thread, at exactly the timer's time.
        SynchronizationContext.SetSynchronizationContext(null);
        while (TakeDueTimer(target) is { } timer)
        {
            timer.Fire();
        }

        SynchronizationContext.SetSynchronizationContext(context);

        lock (_gate)
        {
            _now = target;
        }
    }

    private ManualTimer? TakeDueTimer(long target)
    {
        lock (_gate)
        {
            ManualTimer? next = _timers.MinBy(static timer => timer.DueAt);
            if (next is null || next.DueAt > target)
            {
                return null;
            }

            _now = Math.Max(_now, next.DueAt);
            _timers.Remove(next);
            return next;
        }
    }

    private sealed class ManualTimer(ManualTimeProvider owner, Action fire) : ITimer
    {
        public long DueAt { get; private set; }

        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (owner._gate)
            {
                owner._timers.Remove(this);
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    DueAt = owner._now + dueTime.Ticks;
                    owner._timers.Add(this);
                }

                return true;
            }
        }

        public void Dispose()
        {
            lock (owner._gate)
            {
                owner._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
