using DklActors.ActorKernel.Tests.Kit;

namespace DklActors.ActorKernel.Tests.Lifecycle;

public sealed class TerminationOrder : ActorTest
{
    [Fact]
    public async Task PostStop_comes_before_the_dead_letters_and_those_before_the_watchers()
    {
        var events = NewProbe();
        Sys.EventStream.Subscribe(events.Ref, typeof(DeadLetter));
        var actor = Sys.ActorOf(Puppet.Props(events, new PuppetTraits { Reports = true }), "a");
        await events.ExpectAsync("a constructed", "a PreStart");
        await events.WatchAsync(actor);
        var gate = new ManualResetEventSlim();
        actor.Tell(new Do(context =>
        {
            gate.Wait(Patience);
            context.Stop(context.Self);
        }));
        actor.Tell("too late");
        gate.Set();

        await events.ExpectAsync("a PostStop");
        (await events.ExpectAsync<DeadLetter>()).Message.Should().Be("too late");
        (await events.ExpectAsync<Terminated>()).ActorRef.Should().Be(actor);
    }

    [Fact]
    public async Task Watchers_that_learn_of_the_end_find_the_name_free()
    {
        var events = NewProbe();
        var parent = Sys.ActorOf(Puppet.Props(events));
        for (var round = 0; round < 100; round++)
        {
            var child = await ChildOfAsync(parent, Puppet.Props(events), "name");
            await events.WatchAsync(child);
            child.Tell(PoisonPill.Instance);
            await events.ExpectAsync<Terminated>();
        }
    }

    [Fact]
    public async Task Children_stop_before_their_parent()
    {
        var events = NewProbe();
        var reporting = new PuppetTraits { Reports = true };
        var a = Sys.ActorOf(Puppet.Props(events, reporting), "a");
        var b = await ChildOfAsync(a, Puppet.Props(events, reporting), "b");
        await ChildOfAsync(b, Puppet.Props(events, reporting), "c");
        for (var i = 0; i < 6; i++)
        {
            await events.NextAsync();
        }

        Sys.Stop(a);
        await events.ExpectAsync("c PostStop", "b PostStop", "a PostStop");
    }

    [Fact]
    public async Task An_actor_that_waits_for_its_children_to_stop_handles_no_more_messages()
    {
        var events = NewProbe();
        using var release = new ManualResetEventSlim();
        using var childMayStop = new ManualResetEventSlim();
        var actor = Sys.ActorOf(Puppet.Props(events));
        await ChildOfAsync(
            actor, Puppet.Props(events, new PuppetTraits { OnPostStop = () => childMayStop.Wait(Patience) }));
        await events.WatchAsync(actor);
        actor.Tell(new Do(context =>
        {
            release.Wait(Patience);
            context.Stop(context.Self);
        }));
        actor.Tell("never handled");
        release.Set();
        await events.ExpectNothingBeforeMarkerAsync();
        childMayStop.Set();
        await events.ExpectAsync<Terminated>();
    }

    [Fact]
    public async Task A_PostStop_that_throws_does_not_keep_the_actor_alive()
    {
        var events = NewProbe();
        var actor = Sys.ActorOf(Puppet.Props(events, new PuppetTraits { OnPostStop = () => throw Boom() }));
        await events.WatchAsync(actor);
        Sys.Stop(actor);
        await events.ExpectAsync<Terminated>();
    }

    [Fact]
    public async Task Stop_goes_before_the_messages_that_wait()
    {
        var events = NewProbe();
        var actor = Sys.ActorOf(Puppet.Props(events));
        await events.WatchAsync(actor);
        actor.Tell(new Do(context =>
        {
            context.Self.Tell("never handled");
            context.Stop(context.Self);
        }));
        await events.ExpectAsync<Terminated>();
    }

    [Fact]
    public async Task A_stop_during_a_restart_ends_the_actor_once_its_children_are_gone()
    {
        var events = NewProbe();
        var actor = Sys.ActorOf(Puppet.Props(events), "a");
        var gate = new ManualResetEventSlim();
        var child = await ChildOfAsync(
            actor, Puppet.Props(events, new PuppetTraits { OnPostStop = () => gate.Wait(Patience) }));
        await events.WatchAsync(actor);
        await events.WatchAsync(child);
        actor.Tell(Boom());
        Sys.Stop(actor);
        gate.Set();
        (await events.ExpectAsync<Terminated>()).ActorRef.Should().Be(child);
        (await events.ExpectAsync<Terminated>()).ActorRef.Should().Be(actor);
    }
}
