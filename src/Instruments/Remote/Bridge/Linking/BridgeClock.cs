using System.Globalization;

namespace DklActors.Instruments.Remote.Bridge.Linking;

/// <summary>How far a bridge's clock is from this machine's. Nothing depends on it but people who compare logs.
/// </summary>
internal static class BridgeClock
{
    public static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(2);

    /// <summary>Positive where the bridge's is ahead; null where it says no time.</summary>
    public static TimeSpan? Difference(BridgeState state, TimeProvider time) => state.Time - time.GetUtcNow();

    public static string Words(Uri bridge, TimeSpan difference)
    {
        string apart = difference.Duration().TotalSeconds.ToString("F1", CultureInfo.InvariantCulture);
        return $"The clock of {bridge.Authority} is {apart} s {(difference > TimeSpan.Zero ? "ahead of" : "behind")} "
            + "this machine's. Durations are not concerned; times in the logs are.";
    }
}
