using DklActors.Actors.Drifting;
using DklActors.Actors.Experiments;
using DklActors.Simulation.Faults;

namespace DklActors.Simulation.Worlds;

/// <summary>How a world went.</summary>
internal sealed record WorldReport(
    ulong Seed,
    RunState Run,
    int Processes,
    long Steps,
    int Events,
    IReadOnlyDictionary<FaultKind, int> Faults,
    ulong Fingerprint)
{
    /// <summary>How often the drift was looked at, and with what outcome.</summary>
    public DriftState Drift { get; init; } = DriftState.None;

    /// <summary>Times that the drift held exposures back.</summary>
    public int DriftHolds { get; init; }
}
