using static DklActors.ActorKernel.CoordinatedShutdown;

namespace DklActors.ActorKernel.Configuration;

/// <summary>A phase of the <see cref="CoordinatedShutdown"/>.</summary>
public sealed record ShutdownPhase
{
    private static readonly string[] Names =
    [
        PhaseBeforeServiceUnbind, PhaseServiceUnbind, PhaseServiceRequestsDone, PhaseServiceStop,
        PhaseBeforeClusterShutdown, PhaseClusterShardingShutdownRegion, PhaseClusterLeave, PhaseClusterExiting,
        PhaseClusterExitingDone, PhaseClusterShutdown, PhaseBeforeActorSystemTerminate, PhaseActorSystemTerminate,
    ];

    /// <summary>Akka.NET's phases with its times, each after the one before it. Those of a cluster are there for
    /// tasks that are written for one.</summary>
    public static IReadOnlyDictionary<string, ShutdownPhase> Defaults { get; } = Names.Select((name, i) =>
        KeyValuePair.Create(name, new ShutdownPhase
        {
            DependsOn = Names[Math.Max(0, i - 1)..i],
            Timeout = name is PhaseClusterShardingShutdownRegion or PhaseClusterExiting or PhaseActorSystemTerminate
                ? TimeSpan.FromSeconds(10)
                : null,
        })).ToDictionary();

    /// <summary>The phases that come before it.</summary>
    public IReadOnlyCollection<string> DependsOn { get; init; } = [];

    /// <summary>Null: <see cref="ActorSystemSettings.DefaultPhaseTimeout"/>.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Whether the shutdown goes on when a task of the phase fails or is late.</summary>
    public bool Recover { get; init; } = true;
}
