using DklActors.ActorKernel.Tests.Kit;

namespace DklActors.ActorKernel.Tests.Supervision;

public sealed class BeyondTheTop : ActorTest
{
    private protected override Needs Needs => new() { TopEscalates = true };

    [Fact]
    public async Task A_failure_escalated_past_the_top_ends_the_system()
    {
        Sys.ActorOf(Puppet.Props(NewProbe())).Tell(Boom());
        await Sys.WhenTerminated.WaitAsync(Patience);
    }
}
