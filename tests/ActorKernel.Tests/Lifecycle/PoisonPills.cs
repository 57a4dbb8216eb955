using DklActors.ActorKernel.Tests.Kit;

namespace DklActors.ActorKernel.Tests.Lifecycle;

public sealed class PoisonPills : ActorTest
{
    [Fact]
    public async Task A_poison_pill_waits_for_its_turn()
    {
        var events = NewProbe();
        var actor = Sys.ActorOf(Puppet.Props(events));
        await events.WatchAsync(actor);
        actor.Tell("one");
        actor.Tell("two");
        actor.Tell(PoisonPill.Instance);
        actor.Tell("three");
        await events.ExpectAsync("one", "two");
        await events.ExpectAsync<Terminated>();
    }

    [Fact]
    public async Task What_waits_behind_it_is_a_dead_letter()
    {
        var (events, letters) = (NewProbe(), NewProbe());
        Sys.EventStream.Subscribe(letters.Ref, typeof(DeadLetter));
        using var gate = new ManualResetEventSlim();
        var actor = Sys.ActorOf(Puppet.Props(events));
        actor.Tell(new Do(_ => gate.Wait(Patience)));
        actor.Tell(PoisonPill.Instance);
        actor.Tell("behind");
        gate.Set();
        (await letters.ExpectAsync<DeadLetter>()).Message.Should().Be("behind");
    }

    [Fact]
    public async Task It_is_a_stop_and_no_failure()
    {
        var events = NewProbe();
        var parent = Sys.ActorOf(Puppet.Props(events, PuppetTraits.Supervising(_ =>
        {
            events.Ref.Tell("a failure");
            return Directive.Stop;
        })));
        var child = await ChildOfAsync(parent, Puppet.Props(events, new PuppetTraits { Reports = true }));
        await events.ExpectAsync("child constructed", "child PreStart");
        await events.WatchAsync(child);
        child.Tell(PoisonPill.Instance);
        await events.ExpectAsync("child PostStop");
        await events.ExpectAsync<Terminated>();
    }

    [Fact]
    public async Task The_children_stop_too()
    {
        var events = NewProbe();
        var parent = Sys.ActorOf(Puppet.Props(events));
        var child = await ChildOfAsync(parent, Puppet.Props(events));
        await events.WatchAsync(child);
        parent.Tell(PoisonPill.Instance);
        (await events.ExpectAsync<Terminated>()).ActorRef.Should().Be(child);
    }
}
