namespace DklActors.ActorKernel.TestKit.Deterministic;

/// <summary>What must not happen has happened, at a step that the same seed comes to again.</summary>
public sealed class SimulationBrokenException(DeterministicScheduler scheduler, Exception cause) : Exception(
    $"Seed {scheduler.Seed}, step {scheduler.Steps}, at {scheduler.Time.Elapsed.TotalSeconds:F6} s: {cause.Message}"
    + $"{Environment.NewLine}The last steps:{Environment.NewLine}"
    + string.Join(Environment.NewLine, scheduler.RecentSteps.Select(step => $"  {step}")),
    cause)
{
    public ulong Seed { get; } = scheduler.Seed;

    public long Step { get; } = scheduler.Steps;
}
