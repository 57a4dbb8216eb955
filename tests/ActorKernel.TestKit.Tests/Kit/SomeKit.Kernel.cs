using DklActors.ActorKernel.TestKit.Deterministic;

namespace DklActors.ActorKernel.TestKit.Tests.Kit;

internal sealed partial class SomeKit
{
    private readonly DeterministicScheduler _scheduler = new(seed: 1);

    public static IReadOnlyList<Mode> Modes { get; } = [Mode.RealTime, Mode.StandingTime, Mode.VirtualTime];

    protected override DeterministicScheduler? Scheduler => mode == Mode.VirtualTime ? _scheduler : null;
}
