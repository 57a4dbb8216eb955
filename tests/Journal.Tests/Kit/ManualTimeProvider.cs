namespace DklActors.Journal.Tests.Kit;

/// <summary>A clock that stands until a test moves it.</summary>
internal sealed class ManualTimeProvider : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _timers = [];
    private DateTimeOffset _now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        lock (_gate)
        {
            var timer = new ManualTimer(_now + dueTime, () => callback(state));
            _timers.Add(timer);
            return timer;
        }
    }

    /// <summary>Moves the clock, then fires what has become due.</summary>
    public void Advance(TimeSpan duration)
    {
        ManualTimer[] due;
        lock (_gate)
        {
            _now += duration;
            due = [.. _timers.Where(timer => timer.Due <= _now)];
            _timers.RemoveAll(due.Contains);
        }

        foreach (ManualTimer timer in due)
        {
            timer.Fire();
        }
    }

    private sealed class ManualTimer(DateTimeOffset due, Action fire) : ITimer
    {
        private volatile bool _stopped;

        public DateTimeOffset Due { get; } = due;

        public void Fire()
        {
            if (!_stopped)
            {
                fire();
            }
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _stopped = dueTime == Timeout.InfiniteTimeSpan;
            return true;
        }

        public void Dispose() => _stopped = true;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
