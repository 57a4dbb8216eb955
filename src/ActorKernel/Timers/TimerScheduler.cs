namespace DklActors.ActorKernel;

internal sealed class TimerScheduler(LocalActorRef self, TimeProvider clock) : ITimerScheduler
{
    private readonly Dictionary<object, Running> _running = [];

    // Never reset, so that a tick of an earlier incarnation is out of date too.
    private long _generations;

    public void StartPeriodicTimer(object key, object msg, TimeSpan interval) =>
        StartPeriodicTimer(key, msg, interval, interval);

    public void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(interval, TimeSpan.Zero);
        Start(new TimerTick(self, key, msg, ++_generations), initialDelay, interval);
    }

    public void StartSingleTimer(object key, object msg, TimeSpan timeout) =>
        Start(new SingleTimerTick(self, key, msg, ++_generations), timeout, Timeout.InfiniteTimeSpan);

    public bool IsTimerActive(object key) => _running.ContainsKey(key);

    public void Cancel(object key)
    {
        if (_running.Remove(key, out var running))
        {
            running.Timer.Dispose();
        }
    }

    public void CancelAll()
    {
        foreach (var running in _running.Values)
        {
            running.Timer.Dispose();
        }

        _running.Clear();
    }

    /// <summary>Whether the tick that arrives still counts. A single timer ends with it.</summary>
    public bool TryAccept(TimerTick tick)
    {
        var counts = _running.TryGetValue(tick.Key, out var running) && running.Generation == tick.Generation;
        if (counts && tick is SingleTimerTick)
        {
            Cancel(tick.Key);
        }

        return counts;
    }

    private void Start(TimerTick tick, TimeSpan due, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(tick.Key);
        ArgumentNullException.ThrowIfNull(tick.Message);
        ArgumentOutOfRangeException.ThrowIfLessThan(due, TimeSpan.Zero);
        Cancel(tick.Key);
        var timer = clock.CreateTimer(static state => ((TimerTick)state!).Fire(), tick, due, period);
        _running.Add(tick.Key, new Running(timer, tick.Generation));
    }

    private sealed record Running(ITimer Timer, long Generation);
}
