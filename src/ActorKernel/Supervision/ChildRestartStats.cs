namespace DklActors.ActorKernel;

/// <summary>How often a child was restarted, in a window that opens with its first restart.</summary>
internal sealed class ChildRestartStats(LocalActorRef child)
{
    private int _restarts;
    private long? _windowStart;

    public LocalActorRef Child { get; } = child;

    /// <summary>It has been told to stop.</summary>
    public bool IsDying { get; set; }

    /// <summary>Counts a restart and says whether it is still within the limit.</summary>
    /// <param name="maxRestarts">Negative: no limit, or 1 per window when there is a window.</param>
    /// <param name="window">Not positive: the whole life of the child.</param>
    /// <param name="clock">Read as monotonic time, so that a change of the wall clock does not matter.</param>
    public bool RequestRestartPermission(int maxRestarts, TimeSpan window, TimeProvider clock)
    {
        if (maxRestarts == 0)
        {
            return false;
        }

        if (window <= TimeSpan.Zero)
        {
            return maxRestarts < 0 || ++_restarts <= maxRestarts;
        }

        var now = clock.GetTimestamp();
        _windowStart ??= now;
        if (clock.GetElapsedTime(_windowStart.Value, now) > window)
        {
            _windowStart = now;
            _restarts = 1;
            return true;
        }

        return ++_restarts <= (maxRestarts < 0 ? 1 : maxRestarts);
    }
}
