using DklActors.ActorKernel.Tests.Kit;

namespace DklActors.ActorKernel.Tests.Timers;

public sealed class ReceiveTimeouts : ActorTest
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Little = TimeSpan.FromMilliseconds(10);

    [Fact]
    public async Task It_comes_when_no_message_does_and_again_each_time()
    {
        var (events, actor) = await StartAsync();
        Clock.Advance(Second);
        await events.ExpectAsync<ReceiveTimeout>();
        events.LastSender.Should().Be(actor);
        await SyncAsync(actor);
        Clock.Advance(Second);
        await events.ExpectAsync<ReceiveTimeout>();
    }

    [Fact]
    public async Task A_message_begins_the_time_anew()
    {
        var (events, actor) = await StartAsync();
        Clock.Advance(Second / 2);
        actor.Tell("busy");
        await events.ExpectAsync("busy");
        await SyncAsync(actor);
        Clock.Advance(Second - Little);
        await SyncAsync(actor);
        await events.ExpectNothingBeforeMarkerAsync();
        Clock.Advance(Little);
        await events.ExpectAsync<ReceiveTimeout>();
    }

    [Fact]
    public async Task A_message_that_does_not_influence_it_leaves_the_time_running()
    {
        var (events, actor) = await StartAsync();
        Clock.Advance(Second - Little);
        await SyncAsync(actor);
        Clock.Advance(Little);
        await events.ExpectAsync<ReceiveTimeout>();
    }

    [Fact]
    public async Task Null_ends_it()
    {
        var (events, actor) = await StartAsync();
        actor.Tell(new Do(context => context.SetReceiveTimeout(null)));
        await SyncAsync(actor);
        Clock.Advance(10 * Second);
        await SyncAsync(actor);
        await events.ExpectNothingBeforeMarkerAsync();
    }

    [Fact]
    public async Task A_new_time_replaces_the_old_one()
    {
        var (events, actor) = await StartAsync();
        actor.Tell(new Do(context => context.SetReceiveTimeout(3 * Second)));
        await SyncAsync(actor);
        Clock.Advance(2 * Second);
        await SyncAsync(actor);
        await events.ExpectNothingBeforeMarkerAsync();
        Clock.Advance(Second);
        await events.ExpectAsync<ReceiveTimeout>();
    }

    [Fact]
    public async Task It_survives_a_restart()
    {
        var (events, actor) = await StartAsync();
        actor.Tell(Boom());
        await SyncAsync(actor);
        Clock.Advance(Second);
        await events.ExpectAsync<ReceiveTimeout>();
    }

    private static async Task SyncAsync(IActorRef actor) =>
        await actor.Ask<string>(new Quiet(context => context.Sender.Tell("handled"))).WaitAsync(Patience);

    private async Task<(Probe Events, IActorRef Actor)> StartAsync()
    {
        var events = NewProbe();
        var actor = Sys.ActorOf(Puppet.Props(events));
        actor.Tell(new Do(context => context.SetReceiveTimeout(Second)));

        // The time begins after the message that sets it, so one more must have been handled.
        await SyncAsync(actor);
        return (events, actor);
    }
}
