using DklActors.ActorKernel.Tests.Kit;

namespace DklActors.ActorKernel.Tests.Lifecycle;

public sealed class RestartOrder : ActorTest
{
    [Fact]
    public async Task A_restart_stops_the_children_before_the_new_incarnation_is_made()
    {
        var events = NewProbe();
        var reporting = new PuppetTraits { Reports = true };
        var actor = Sys.ActorOf(Puppet.Props(events, reporting), "a");
        await events.ExpectAsync("a constructed", "a PreStart");
        await ChildOfAsync(actor, Puppet.Props(events, reporting), "c");
        await events.ExpectAsync("c constructed", "c PreStart");

        actor.Tell(Boom());

        await events.ExpectAsync(
            "a PreRestart exception", "a PostStop", "c PostStop", "a constructed", "a PostRestart boom");
    }

    [Fact]
    public async Task Children_that_PreRestart_keeps_are_restarted_after_their_parent()
    {
        var events = NewProbe();
        var reporting = new PuppetTraits { Reports = true };
        var actor = Sys.ActorOf(Puppet.Props(events, reporting with { KeepsChildren = true }), "a");
        await events.ExpectAsync("a constructed", "a PreStart");
        var child = await ChildOfAsync(actor, Puppet.Props(events, reporting), "c");
        await events.ExpectAsync("c constructed", "c PreStart");

        actor.Tell(Boom());

        await events.ExpectAsync(
            "a PreRestart exception", "a constructed", "a PostRestart boom",
            "c PreRestart nothing", "c PostStop", "c constructed", "c PostRestart boom");
        child.Tell("alive");
        await events.ExpectAsync("alive");
    }

    [Fact]
    public async Task The_mailbox_survives_and_the_failing_message_is_not_delivered_again()
    {
        var events = NewProbe();
        var actor = Sys.ActorOf(Puppet.Props(events));
        var gate = new ManualResetEventSlim();
        actor.Tell(new Do(_ => gate.Wait(Patience)));
        actor.Tell("before");
        actor.Tell(Boom());
        actor.Tell("after 1");
        actor.Tell("after 2");
        gate.Set();
        await events.ExpectAsync("before", "after 1", "after 2");
        await events.ExpectNothingBeforeMarkerAsync();
    }

    [Fact]
    public async Task The_sender_of_the_failing_message_is_known_in_PreRestart()
    {
        var events = NewProbe();
        var actor = Sys.ActorOf(Props.Create(() => new Apologising()));
        actor.Tell("anything", events.Ref);
        await events.ExpectAsync("sorry about anything");
    }

    [Fact]
    public async Task PostRestart_calls_PreStart_unless_overridden()
    {
        var events = NewProbe();
        var actor = Sys.ActorOf(Props.Create(() => new Counting(events.Ref)));
        await events.ExpectAsync("PreStart");
        actor.Tell("fail");
        await events.ExpectAsync("PreStart");
    }

    private sealed class Apologising : UntypedActor
    {
        protected override void OnReceive(object message) => throw Boom();

        protected override void PreRestart(Exception reason, object? message) =>
            Sender.Tell($"sorry about {message}");
    }

    private sealed class Counting(IActorRef events) : UntypedActor
    {
        protected override void OnReceive(object message) => throw Boom();

        protected override void PreStart() => events.Tell("PreStart");
    }
}
