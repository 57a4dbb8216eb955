using static DklActors.ActorKernel.CoordinatedShutdown;

namespace DklActors.ActorKernel.Configuration;

/// <summary>A phase of the <see cref="CoordinatedShutdown"/>.</summary>
public sealed record ShutdownPhase(string Name)
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(10);

    /// <summary>Akka.NET's phases with its times, in order. Those of a cluster are there for tasks that are written
    /// for one.</summary>
    public static IReadOnlyList<ShutdownPhase> Defaults { get; } =
    [
        new(PhaseBeforeServiceUnbind), new(PhaseServiceUnbind), new(PhaseServiceRequestsDone), new(PhaseServiceStop),
        new("before-cluster-shutdown"), new("cluster-sharding-shutdown-region") { Timeout = Long },
        new("cluster-leave"), new("cluster-exiting") { Timeout = Long }, new("cluster-exiting-done"),
        new("cluster-shutdown"), new(PhaseBeforeActorSystemTerminate),
        new(PhaseActorSystemTerminate) { Timeout = Long },
    ];

    /// <summary>Null: <see cref="ActorSystemSettings.DefaultPhaseTimeout"/>.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Whether the shutdown goes on when a task of the phase fails or is late.</summary>
    public bool Recover { get; init; } = true;
}
