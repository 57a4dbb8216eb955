namespace DklActors.Reliability.Processes;

/// <summary>
/// A wall clock that somebody sets, now days ahead, now days back, each time it is looked at. Timers and timestamps are
/// the machine's, as they are when somebody does that.
/// </summary>
internal sealed class JumpingClock(int days) : TimeProvider
{
    private int _looks;

    public override DateTimeOffset GetUtcNow()
    {
        int look = Interlocked.Increment(ref _looks);
        return System.GetUtcNow() + TimeSpan.FromDays(look % 2 == 0 ? days : -days);
    }
}
