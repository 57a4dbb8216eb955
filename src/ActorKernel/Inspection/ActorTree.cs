namespace DklActors.ActorKernel.Inspection;

/// <summary>A look at all living actors of a system, from any thread, while they run. It stops nothing.</summary>
public static class ActorTree
{
    /// <summary>
    /// The tree from <c>/user</c> down. Each figure was right at a moment during the call, but not all at the same
    /// one: a message may be seen at its sender and at its receiver, or at neither; an actor that has just stopped may
    /// still be there. What lasts (stuck, suspended, full) is seen as it is.
    /// </summary>
    public static ActorSnapshot Of(ActorSystem system) => system.Guardian.Inspect();

    /// <summary>One line an actor, indented as the tree is. Times are seconds.</summary>
    public static IEnumerable<string> Lines(ActorSnapshot top) =>
        Lines(top, top.Path.ToStringWithoutAddress(), "");

    private static IEnumerable<string> Lines(ActorSnapshot actor, string name, string indent)
    {
        var below = actor.Children.SelectMany((child, i) => i < actor.Children.Length - 1
            ? Lines(child, $"{indent}├─ {child.Path.Name}", indent + "│  ")
            : Lines(child, $"{indent}└─ {child.Path.Name}", indent + "   "));
        return below.Prepend($"{name} ({actor.Type.Name}) {actor.State}: {Facts(actor)}");
    }

    private static string Facts(ActorSnapshot actor) =>
        $"{actor.Depth} of {actor.Capacity} waiting"
        + Time(", oldest ", actor.OldestWaiting)
        + Time(", busy ", actor.BusyFor)
        + $", {actor.Processed} processed"
        + Time(", last beat ", actor.LastBeat)
        + Number(", stashed ", actor.Stashed)
        + Number(", restarts ", actor.Restarts)
        + Number($", dropped ({actor.Overflow}) ", actor.Dropped);

    private static string Time(string name, TimeSpan? time) =>
        time is { } known ? FormattableString.Invariant($"{name}{known.TotalSeconds:F3} s") : "";

    private static string Number(string name, long number) => number == 0 ? "" : name + number;
}
