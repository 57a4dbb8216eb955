namespace DklActors.Actors.Snapshots;

/// <summary>
/// When a state is kept: after so many events, and then whenever the stream has grown by half. What is written for it
/// stays in proportion to the events, and never more than a third of them are folded again.
/// </summary>
internal sealed class SnapshotPolicy(long first, long last)
{
    private long _next = Math.Max(first, last + (last / 2));

    /// <summary>Whether a state is due after the event with this number; says so once.</summary>
    public bool IsDueAt(long sequence)
    {
        if (sequence < _next)
        {
            return false;
        }

        _next = sequence + Math.Max(1, sequence / 2);
        return true;
    }
}
