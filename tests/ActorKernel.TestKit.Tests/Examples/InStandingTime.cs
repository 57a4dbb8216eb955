using DklActors.ActorKernel.TestKit.Kits;
using DklActors.ActorKernel.TestKit.Time;

namespace DklActors.ActorKernel.TestKit.Tests.Examples;

public sealed class InStandingTime : TestKitBase
{
    protected override TimeProvider TimeProvider { get; } = new ManualTimeProvider();

    [Fact]
    public void Bound_the_time()
    {
        Within(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), () =>
        {
            ExpectNoMsg(TimeSpan.FromSeconds(1));
            TestActor.Tell("now");
            ExpectMsg("now");
        });
    }
}
