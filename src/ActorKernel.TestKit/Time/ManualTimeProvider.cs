namespace DklActors.ActorKernel.TestKit.Time;

/// <summary>
/// Time that moves only when told to. Its wall clock can jump without moving the monotonic one, as a real one does
/// when somebody sets it.
/// </summary>
public sealed class ManualTimeProvider : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _timers = [];
    private DateTimeOffset _utc = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private long _ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Time since this clock was made, by its monotonic hand.</summary>
    public TimeSpan Elapsed => TimeSpan.FromTicks(GetTimestamp());

    /// <summary>How long until the next timer is due, not below zero; null when there is none.</summary>
    public TimeSpan? UntilNextTimer
    {
        get
        {
            lock (_gate)
            {
                return EarliestDue_NeedsLock() is { } due ? TimeSpan.FromTicks(Math.Max(0, due - _ticks)) : null;
            }
        }
    }

    /// <summary>Timers that are due now and have not fired.</summary>
    public int DueTimers
    {
        get
        {
            lock (_gate)
            {
                var due = 0;
                foreach (var timer in _timers)
                {
                    due += timer.Due <= _ticks ? 1 : 0;
                }

                return due;
            }
        }
    }

    public override long GetTimestamp()
    {
        lock (_gate)
        {
            return _ticks;
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _utc;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    public void JumpWallClock(TimeSpan by)
    {
        lock (_gate)
        {
            _utc += by;
        }
    }

    /// <summary>Moves time and fires, in order, what falls due on the way, on this thread.</summary>
    public void Advance(TimeSpan by)
    {
        var end = GetTimestamp() + by.Ticks;
        SynchronizationContext? context = SynchronizationContext.Current;
        // Without a context, what waits for a timer goes on at once on this thread, at exactly the timer's time.
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            while (UntilNextTimer is { } next && GetTimestamp() + next.Ticks <= end)
            {
                Move(next);
                FireDue(0);
            }
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }

        Move(TimeSpan.FromTicks(Math.Max(0, end - GetTimestamp())));
    }

    /// <summary>Moves time and fires nothing: what falls due on the way is late.</summary>
    public void Move(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        lock (_gate)
        {
            _utc += by;
            _ticks += by.Ticks;
        }
    }

    /// <summary>Fires one of the timers that are due, counted from 0 in the order in which they fell due.</summary>
    /// <returns>False if there are not so many.</returns>
    public bool FireDue(int index)
    {
        ManualTimer fired;
        lock (_gate)
        {
            var due = _timers.Where(timer => timer.Due <= _ticks).OrderBy(timer => timer.Due).Skip(index).Take(1);
            if (due.FirstOrDefault() is not { } timer)
            {
                return false;
            }

            fired = timer;
            if (timer.Period > 0)
            {
                timer.Due += timer.Period;
            }
            else
            {
                _timers.Remove(timer);
            }
        }

        fired.Fire();
        return true;
    }

    private long? EarliestDue_NeedsLock()
    {
        long? earliest = null;
        foreach (var timer in _timers)
        {
            earliest = earliest < timer.Due ? earliest : timer.Due;
        }

        return earliest;
    }

    private sealed class ManualTimer(ManualTimeProvider clock, Action fire) : ITimer
    {
        public long Due { get; set; }

        public long Period { get; private set; }

        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                clock._timers.Remove(this);
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    Due = clock._ticks + dueTime.Ticks;
                    Period = period == Timeout.InfiniteTimeSpan ? 0 : period.Ticks;
                    clock._timers.Add(this);
                }
            }

            return true;
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
