namespace DklActors.ActorKernel.TestKit.Filters;

/// <summary>What an event must be like, and how to say so.</summary>
internal sealed record EventPattern(string Description, Func<object, bool> Matches)
{
    public EventPattern Or(EventPattern other) =>
        new($"{Description} or {other.Description}", heard => Matches(heard) || other.Matches(heard));
}
