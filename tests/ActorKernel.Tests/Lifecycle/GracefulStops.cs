using DklActors.ActorKernel.Tests.Kit;

namespace DklActors.ActorKernel.Tests.Lifecycle;

public sealed class GracefulStops : ActorTest
{
    [Fact]
    public async Task The_task_is_true_once_the_actor_has_stopped()
    {
        var events = NewProbe();
        var actor = Sys.ActorOf(Puppet.Props(events, new PuppetTraits { Reports = true }), "a");
        actor.Tell("before");
        (await actor.GracefulStop(Patience).WaitAsync(Patience)).Should().BeTrue();
        await events.ExpectAsync("a constructed", "a PreStart", "before", "a PostStop");
    }

    [Fact]
    public async Task It_waits_for_the_children()
    {
        var (events, order) = (NewProbe(), NewProbe());
        var parent = Sys.ActorOf(Puppet.Props(events), "parent");
        var child = await ChildOfAsync(
            parent, Puppet.Props(events, new PuppetTraits { OnPostStop = () => order.Ref.Tell("child stopped") }));
        (await parent.GracefulStop(Patience).WaitAsync(Patience)).Should().BeTrue();
        order.Ref.Tell("stopped");
        await order.ExpectAsync("child stopped", "stopped");
    }

    [Fact]
    public async Task It_is_true_at_once_for_an_actor_that_is_gone()
    {
        var actor = Sys.ActorOf(Puppet.Props(NewProbe()));
        (await actor.GracefulStop(Patience).WaitAsync(Patience)).Should().BeTrue();
        (await actor.GracefulStop(Patience).WaitAsync(Patience)).Should().BeTrue();
    }

    [Fact]
    public async Task It_is_false_when_the_actor_does_not_stop_in_time()
    {
        var events = NewProbe();
        var actor = Sys.ActorOf(Puppet.Props(events));
        var stopping = actor.GracefulStop(TimeSpan.FromSeconds(1), "please");
        await events.ExpectAsync("please");
        Clock.Advance(TimeSpan.FromSeconds(1));
        (await stopping.WaitAsync(Patience)).Should().BeFalse();
    }
}
