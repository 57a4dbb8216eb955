namespace DklActors.Journal.Postgres;

/// <summary>
/// How often and for how long something is tried again: longer each time, with a jitter, so that several daemons do
/// not come back to a restarted server in step.
/// </summary>
internal sealed class Backoff(TimeProvider time, TimeSpan patience, Random jitter)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(500);

    private readonly long _startedAt = time.GetTimestamp();
    private TimeSpan _next = First;

    /// <summary>Waits, on the calling thread.</summary>
    /// <returns>False, at once, where no patience is left.</returns>
    public bool TryWait()
    {
        TimeSpan left = patience - time.GetElapsedTime(_startedAt);
        if (left <= TimeSpan.Zero)
        {
            return false;
        }

        TimeSpan wait = _next * (0.5 + jitter.NextDouble());
        _next = _next * 2 < Longest ? _next * 2 : Longest;
        var elapsed = new ManualResetEventSlim();
        using ITimer timer = time.CreateTimer(
            static state => ((ManualResetEventSlim)state!).Set(),
            elapsed,
            wait < left ? wait : left,
            Timeout.InfiniteTimeSpan);
        elapsed.Wait();
        return true;
    }
}
