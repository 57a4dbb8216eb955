using System.Collections.Concurrent;

namespace DklActors.ActorKernel.TestKit.Filters;

/// <summary>Counts the events that match, and remembers the first few that do not.</summary>
internal sealed class EventCount(EventPattern pattern)
{
    private const int MostOthers = 10;

    private readonly ConcurrentQueue<string> _others = new();
    private int _matching;

    public EventPattern Pattern => pattern;

    public int Matching => Volatile.Read(ref _matching);

    public IReadOnlyList<string> Others => [.. _others];

    public void Hear(object heard)
    {
        if (pattern.Matches(heard))
        {
            Interlocked.Increment(ref _matching);
        }
        else if (_others.Count < MostOthers)
        {
            _others.Enqueue($"  {heard}");
        }
    }
}
