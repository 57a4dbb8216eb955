namespace DklActors.Messages.Exposure;

/// <summary>
/// The right to have the beam on once: for one attempt at one point, for <paramref name="Dwell"/>, and under no
/// circumstances longer than <paramref name="LongestWallTime"/> from the unblanking.
/// </summary>
public sealed record ExposureLease(PointId Point, int Attempt, TimeSpan Dwell, TimeSpan LongestWallTime)
{
    /// <summary>Unique within a run; an instrument that sees it twice must not expose twice.</summary>
    public string Id => $"{Point}/{Attempt}";
}
