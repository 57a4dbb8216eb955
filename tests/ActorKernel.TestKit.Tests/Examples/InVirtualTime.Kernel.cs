using DklActors.ActorKernel.TestKit.Deterministic;
using DklActors.ActorKernel.TestKit.Kits;

namespace DklActors.ActorKernel.TestKit.Tests.Examples;

public sealed class InVirtualTime : TestKitBase
{
    protected override DeterministicScheduler Scheduler { get; } = new(seed: 7);

    [Fact]
    public void An_hour_of_silence_takes_no_time()
    {
        Sys.ActorOf(Props.Create(() => new Alarm(TestActor, TimeSpan.FromHours(1))));
        ExpectNoMsg(TimeSpan.FromHours(1) - TimeSpan.FromTicks(1));
        ExpectMsg("ring");
    }
}
