namespace DklActors.Architecture.Tests.Arrows;

/// <summary>The rooms and the arrows between them: an arrow means "may reference", and there are no others.</summary>
internal static class House
{
    public static IReadOnlyDictionary<string, string[]> Arrows { get; } = new Dictionary<string, string[]>
    {
        ["Host"] = ["Actors", "Torch"],
        ["Actors"] = ["ActorKernel", "Journal", "Instruments", "Physics", "Learning"],
        ["Journal"] = ["Messages"],
        ["Instruments"] = ["Messages"],
        ["Physics"] = ["Messages"],
        ["Learning"] = ["Messages"],
        ["Torch"] = ["Learning"],
        ["ActorKernel"] = [],
        ["ActorKernel.TestKit"] = ["ActorKernel"],
        ["Messages"] = [],
    };

    /// <summary>Rooms that the product has for those who test what they build on it.</summary>
    public static IReadOnlyList<string> ForTests { get; } = ["ActorKernel.TestKit"];

    /// <summary>Every room that can be reached by arrows.</summary>
    public static IEnumerable<string> ReachableFrom(string room) =>
        Arrows[room].SelectMany(next => ReachableFrom(next).Prepend(next)).Distinct();
}
