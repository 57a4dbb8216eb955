namespace DklActors.ActorKernel.TestKit.Tests.Kit;

internal sealed partial class SomeKit
{
    public static IReadOnlyList<Mode> Modes { get; } = [Mode.RealTime, Mode.StandingTime];
}
