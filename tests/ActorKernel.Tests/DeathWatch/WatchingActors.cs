using DklActors.ActorKernel.Tests.Kit;

namespace DklActors.ActorKernel.Tests.DeathWatch;

public sealed class WatchingActors : ActorTest
{
    [Fact]
    public async Task Terminated_arrives_for_an_actor_that_is_already_dead()
    {
        var (events, dead) = (NewProbe(), NewProbe());
        await events.WatchAsync(dead.Ref);
        dead.Ref.Tell(PoisonPill.Instance);
        await events.ExpectAsync<Terminated>();

        var late = NewProbe();
        await late.WatchAsync(dead.Ref);
        (await late.ExpectAsync<Terminated>()).ActorRef.Should().Be(dead.Ref);
    }

    [Fact]
    public async Task Terminated_comes_after_all_that_the_dead_actor_sent()
    {
        var events = NewProbe();
        var actor = Sys.ActorOf(Puppet.Props(events));
        await events.WatchAsync(actor);
        actor.Tell(new Do(context =>
        {
            for (var i = 0; i < 1000; i++)
            {
                events.Ref.Tell(i);
            }

            context.Stop(context.Self);
        }));
        await events.ExpectAsync([.. Enumerable.Range(0, 1000).Cast<object>()]);
        await events.ExpectAsync<Terminated>();
    }

    [Fact]
    public async Task Watching_twice_tells_once()
    {
        var (events, other) = (NewProbe(), NewProbe());
        await events.WatchAsync(other.Ref);
        await events.WatchAsync(other.Ref);
        other.Ref.Tell(PoisonPill.Instance);
        await events.ExpectAsync<Terminated>();
        await events.ExpectNothingBeforeMarkerAsync();
    }

    [Fact]
    public async Task After_unwatch_not_even_a_waiting_Terminated_arrives()
    {
        var (events, other, witness) = (NewProbe(), NewProbe(), NewProbe());
        await events.WatchAsync(other.Ref);
        await witness.WatchAsync(other.Ref);
        var gate = new ManualResetEventSlim();
        events.Ref.Tell(new Do(context =>
        {
            gate.Wait(Patience);
            context.Unwatch(other.Ref);
        }));
        other.Ref.Tell(PoisonPill.Instance);
        await witness.ExpectAsync<Terminated>();
        gate.Set();
        await events.ExpectNothingBeforeMarkerAsync();
    }

    [Fact]
    public async Task An_unhandled_Terminated_is_a_death_pact()
    {
        var (events, other) = (NewProbe(), NewProbe());
        var actor = Sys.ActorOf(Puppet.Props(events, new PuppetTraits { HandlesTerminated = false }));
        await events.WatchAsync(actor);
        actor.Tell(new Do(context => context.Watch(other.Ref)));
        other.Ref.Tell(PoisonPill.Instance);
        (await events.ExpectAsync<Terminated>()).ActorRef.Should().Be(actor);
    }

    [Fact]
    public async Task A_restart_is_no_death()
    {
        var events = NewProbe();
        var actor = Sys.ActorOf(Puppet.Props(events));
        await events.WatchAsync(actor);
        actor.Tell(Boom());
        actor.Tell("alive");
        await events.ExpectAsync("alive");
        Sys.Stop(actor);
        await events.ExpectAsync<Terminated>();
    }

    [Fact]
    public async Task A_parent_that_watches_its_child_is_told_once()
    {
        var events = NewProbe();
        var parent = Sys.ActorOf(Puppet.Props(events), "parent");
        var child = await ChildOfAsync(parent, Puppet.Props(events));
        parent.Tell(new Do(context => context.Watch(child)));
        parent.Tell(new Do(context => context.Stop(child)));
        await events.ExpectAsync("parent outlived child");
        parent.Tell("next");
        await events.ExpectAsync("next");
    }
}
