namespace DklActors.Actors.Controlling;

/// <summary>What became of a <see cref="RunControl"/>.</summary>
/// <param name="Accepted">Whether it is done, and durable.</param>
/// <param name="Sequence">Number within the run of the event that says so; null where there is none.</param>
/// <param name="Problem">Why it was not done, for a person; null where it was.</param>
public sealed record ControlAnswer(bool Accepted, long? Sequence, string? Problem)
{
    internal static ControlAnswer Done(long sequence) => new(true, sequence, null);

    internal static ControlAnswer Refused(string problem) => new(false, null, problem);
}
