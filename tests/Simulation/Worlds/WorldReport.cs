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
    ulong Fingerprint);
