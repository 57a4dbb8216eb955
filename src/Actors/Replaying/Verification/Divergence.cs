using DklActors.Messages;

namespace DklActors.Actors.Replaying.Verification;

/// <summary>Something that does not follow from the data.</summary>
/// <param name="Ordering">Number of the event in the journal.</param>
/// <param name="Event">Name of its type, as stored.</param>
/// <param name="Point">The point that it is about, or null.</param>
/// <param name="What">What was derived again.</param>
/// <param name="Difference">Field, expected and found.</param>
public sealed record Divergence(
    long Ordering, string Event, PointId? Point, CheckedThing What, Difference Difference);
