namespace DklActors.Actors.Snapshots;

/// <summary>
/// When a state is kept: after so many events, and then whenever the stream has grown by half. What is written for it
/// stays in proportion to the events. A state that has grown large is not kept any more: to read it back would take as
/// much memory again as to fold the events.
/// </summary>
internal sealed class SnapshotPolicy(long first, long last)
{
    /// <summary>Events of a stream after which its state is not kept any more.</summary>
    public const long Most = 200_000;

    private long _next = Math.Max(first, last + (last / 2));

    /// <summary>Whether a state is due after the event with this number; says so once.</summary>
    public bool IsDueAt(long sequence)
    {
        if (sequence < _next || sequence > Most)
        {
            return false;
        }

        _next = sequence + Math.Max(1, sequence / 2);
        return true;
    }
}
