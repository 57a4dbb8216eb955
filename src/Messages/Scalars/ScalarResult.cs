namespace DklActors.Messages.Scalars;

/// <summary>
/// The number that a scalarizer made of a frame, with its standard error from counting statistics (both in the
/// scalarizer's unit) and, unless the quality is good, the reason.
/// </summary>
public sealed record ScalarResult(double Value, double StandardError, ScalarQuality Quality, string? Reason = null)
{
    public static ScalarResult Bad(string reason) => new(double.NaN, double.NaN, ScalarQuality.Bad, reason);
}
