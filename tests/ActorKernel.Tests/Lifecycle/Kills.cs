using DklActors.ActorKernel.Tests.Kit;

namespace DklActors.ActorKernel.Tests.Lifecycle;

public sealed class Kills : ActorTest
{
    [Fact]
    public async Task A_kill_fails_the_actor_for_its_supervisor_to_decide()
    {
        var (events, failures) = (NewProbe(), NewProbe());
        var parent = Sys.ActorOf(Puppet.Props(events, PuppetTraits.Supervising(failure =>
        {
            failures.Ref.Tell(failure);
            return Directive.Resume;
        })));
        var child = await ChildOfAsync(parent, Puppet.Props(events));
        child.Tell("count");
        child.Tell(Kill.Instance);
        child.Tell("count");
        await failures.ExpectAsync<ActorKilledException>();
        await events.ExpectAsync(1, 2);
    }

    [Fact]
    public async Task It_waits_for_its_turn_and_stops_by_default()
    {
        var events = NewProbe();
        var actor = Sys.ActorOf(Puppet.Props(events));
        await events.WatchAsync(actor);
        actor.Tell("before");
        actor.Tell(Kill.Instance);
        actor.Tell("after");
        await events.ExpectAsync("before");
        await events.ExpectAsync<Terminated>();
    }
}
