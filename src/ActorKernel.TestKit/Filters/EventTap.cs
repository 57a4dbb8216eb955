using System.Collections.Immutable;

namespace DklActors.ActorKernel.TestKit.Filters;

/// <summary>What listens to the events of a system at the moment, and what is kept out of its log.</summary>
internal sealed class EventTap
{
    private ImmutableArray<EventCount> _counts = [];
    private ImmutableArray<EventPattern> _muted = [];

    public void Hear(object heard)
    {
        foreach (var count in _counts)
        {
            count.Hear(heard);
        }
    }

    public bool Mutes(object written) => _muted.Any(pattern => pattern.Matches(written));

    public EventCount Begin(EventPattern pattern)
    {
        var count = new EventCount(pattern);
        Mute(pattern);
        ImmutableInterlocked.Update(ref _counts, static (all, one) => all.Add(one), count);
        return count;
    }

    public void End(EventCount count)
    {
        ImmutableInterlocked.Update(ref _counts, static (all, one) => all.Remove(one), count);
        Unmute(count.Pattern);
    }

    public void Mute(EventPattern pattern) =>
        ImmutableInterlocked.Update(ref _muted, static (all, one) => all.Add(one), pattern);

    public void Unmute(EventPattern pattern) =>
        ImmutableInterlocked.Update(ref _muted, static (all, one) => all.Remove(one), pattern);
}
