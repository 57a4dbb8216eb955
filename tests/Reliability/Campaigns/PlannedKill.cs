using DklActors.Reliability.Failpoints;

namespace DklActors.Reliability.Campaigns;

/// <summary>When a process is to die.</summary>
/// <param name="Failpoint">By its own hand, at this moment; null for a kill from outside.</param>
/// <param name="Passing">At which passing of the failpoint, from 1.</param>
/// <param name="Appends">From outside: once so many appends were acknowledged; 0 counts from the start.</param>
/// <param name="Delay">And then so much later.</param>
internal sealed record PlannedKill(Failpoint? Failpoint, int Passing, int Appends, TimeSpan Delay)
{
    public const string AtRandomEarly = "at random: while it starts or takes up the run";
    public const string AtRandom = "at random: while it measures";

    /// <summary>The moment, for people.</summary>
    public string Where => Failpoint?.Where ?? (Appends == 0 ? AtRandomEarly : AtRandom);

    public override string ToString() => Failpoint is null
        ? $"{Delay.TotalMilliseconds:F0} ms after {(Appends == 0 ? "its start" : $"append {Appends}")}"
        : $"{Failpoint.Name}, passing {Passing}";

    public static PlannedKill At(Failpoint failpoint, int passing) => new(failpoint, passing, 0, TimeSpan.Zero);
}
