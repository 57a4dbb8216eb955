namespace DklActors.ActorKernel.Inspection;

/// <summary>One actor at the time of <see cref="ActorTree.Of"/>, and all below it.</summary>
/// <param name="Type">The class of the actor.</param>
public sealed record ActorSnapshot(ActorPath Path, Type Type, ActorState State)
{
    /// <summary>User messages that wait. May exceed the capacity by what is never dropped and what was unstashed.
    /// </summary>
    public int Depth { get; init; }

    public int Capacity { get; init; }

    public OverflowPolicy Overflow { get; init; }

    /// <summary>How long the first message that waits has waited; null if none does. Counted from when its sender, if
    /// that is an actor, began with what it was handling. Unstashing begins anew.</summary>
    public TimeSpan? OldestWaiting { get; init; }

    /// <summary>User messages set aside in the stash.</summary>
    public int Stashed { get; init; }

    /// <summary>User messages that were handled, those that failed included.</summary>
    public long Processed { get; init; }

    /// <summary>Messages that the full mailbox refused or evicted.</summary>
    public long Dropped { get; init; }

    /// <summary>New incarnations after a failure, in the actor's whole life.</summary>
    public int Restarts { get; init; }

    /// <summary>Time since the last message was finished; null before the first.</summary>
    public TimeSpan? LastBeat { get; init; }

    /// <summary>How long the current message has been handled, awaits included; null if none is.</summary>
    public TimeSpan? BusyFor { get; init; }

    public ImmutableArray<ActorSnapshot> Children { get; init; } = [];

    /// <summary>This one and all below it, parents before children.</summary>
    public IEnumerable<ActorSnapshot> WithDescendants() =>
        Children.SelectMany(child => child.WithDescendants()).Prepend(this);

    /// <summary>The tree as text, one actor a line.</summary>
    public override string ToString() => string.Join(Environment.NewLine, ActorTree.Lines(this));
}
