namespace DklActors.ActorKernel.Tests.Own.Inspection;

public sealed class Counting : OwnSystem, IDisposable
{
    private readonly Metering _meter;

    public Counting() => _meter = new Metering(Sys.Name);

    public void Dispose() => _meter.Dispose();

    [Fact]
    public async Task Drops_are_counted_by_policy_and_actor_and_are_dead_letters_too()
    {
        var actor = Sys.ActorOf(Doer.Props().WithMailbox("small"), "full");
        var gate = NewGate();
        actor.Tell((Action)gate.Pass);
        await gate.ReachedAsync();
        for (var i = 0; i < 10; i++)
        {
            actor.Tell(i);
        }

        _meter["actors.dropped_messages policy=DropNewest actor=/user/full"].Should().Be(7);
        _meter["actors.dead_letters actor=/user/full"].Should().Be(7);
    }

    [Fact]
    public async Task What_is_handled_and_what_is_not_is_counted()
    {
        var actor = Sys.ActorOf(Doer.Props(), "actor");
        actor.Tell(1);
        actor.Tell(2);
        await DoneAsync(actor);
        _meter["actors.unhandled_messages actor=/user/actor"].Should().Be(2);
        await StoppedAsync(actor);

        // The two, the question and the pill; counted when the actor leaves its thread.
        await UntilAsync(() => _meter["actors.processed_messages actor=/user/actor"] == 4);
    }

    [Fact]
    public async Task Failures_are_counted_by_exception_and_so_are_restarts_and_stops()
    {
        var parent = Sys.ActorOf(Doer.Props(), "parent");
        var child = await ChildAsync(parent, Doer.Props(), "child");
        child.Tell((Action)(() => throw new InvalidOperationException("boom")));
        child.Tell((Action)(() => throw new TimeoutException("boom")));
        child.Tell((Action)(() => throw new TimeoutException("boom")));
        await DoneAsync(child);
        await StoppedAsync(parent);

        _meter["actors.failures exception=System.InvalidOperationException actor=/user/parent/child"].Should().Be(1);
        _meter["actors.failures exception=System.TimeoutException actor=/user/parent/child"].Should().Be(2);
        _meter["actors.restarts actor=/user/parent/child"].Should().Be(3);
        _meter["actors.stops actor=/user/parent/child"].Should().Be(1);
        _meter["actors.stops actor=/user/parent"].Should().Be(1);
    }

    [Fact]
    public async Task Asks_without_a_reply_in_time_are_counted()
    {
        var actor = Sys.ActorOf(Doer.Props(), "silent");
        var reply = actor.Ask<string>("a question that it does not know", TimeSpan.FromSeconds(1));
        Clock.Advance(TimeSpan.FromSeconds(1));
        await FluentActions.Awaiting(() => reply.WaitAsync(Patience)).Should().ThrowAsync<AskTimeoutException>();
        _meter["actors.ask_timeouts actor=/user/silent"].Should().Be(1);
    }

    [Fact]
    public async Task Gauges_show_what_waits_and_for_how_long_and_actors_without_a_name_of_their_own_share_a_series()
    {
        var parent = Sys.ActorOf(Doer.Props(), "pool");
        for (var i = 0; i < 2; i++)
        {
            var worker = await ChildAsync(parent, Doer.Props(), name: null);
            var gate = NewGate();
            worker.Tell((Action)gate.Pass);
            await gate.ReachedAsync();
            worker.Tell(1);
            worker.Tell(2);
            Clock.Advance(TimeSpan.FromSeconds(3));
        }

        _meter.Observe();
        _meter["actors.mailbox_depth actor=/user/pool/*"].Should().Be(4, "of two actors");
        _meter["actors.oldest_message_age actor=/user/pool/*"].Should().Be(6, "it is the greatest");
        _meter["actors.mailbox_depth actor=/user/pool"].Should().Be(0);
        _meter["actors.oldest_message_age actor=/user/pool"].Should().Be(0);
    }

    [Fact]
    public async Task A_system_that_has_ended_is_in_no_gauge()
    {
        Sys.ActorOf(Doer.Props(), "gone").Tell(1);
        await Sys.Terminate().WaitAsync(Patience);
        _meter.Observe();
        _meter.Series.Should().NotContain(series => series.StartsWith("actors.mailbox_depth", StringComparison.Ordinal))
            .And.Contain("actors.stops actor=/user/gone");
    }

    private static async Task StoppedAsync(IActorRef actor) =>
        (await actor.GracefulStop(TimeSpan.FromMinutes(1)).WaitAsync(Patience)).Should().BeTrue();
}
