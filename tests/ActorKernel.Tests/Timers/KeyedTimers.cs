using DklActors.ActorKernel.Tests.Kit;

namespace DklActors.ActorKernel.Tests.Timers;

public sealed class KeyedTimers : ActorTest
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_single_timer_ticks_once_at_its_time()
    {
        var (events, actor) = Start();
        await DoAsync(actor, timers => timers.StartSingleTimer("key", "tick", Second));
        Clock.Advance(Second - TimeSpan.FromTicks(1));
        await FlushAsync(events, actor);
        Clock.Advance(TimeSpan.FromTicks(1));
        await events.ExpectAsync("tick");
        Clock.Advance(10 * Second);
        await FlushAsync(events, actor);
        (await DoAsync(actor, _ => { })).Should().BeFalse("a single timer is over after its tick");
    }

    [Fact]
    public async Task A_periodic_timer_ticks_after_its_delay_and_at_its_interval()
    {
        var (events, actor) = Start();
        await DoAsync(actor, timers => timers.StartPeriodicTimer("key", "tick", 3 * Second, Second));
        Clock.Advance(2 * Second);
        await FlushAsync(events, actor);
        Clock.Advance(3 * Second);
        await events.ExpectAsync("tick", "tick", "tick");
        await FlushAsync(events, actor);
        (await DoAsync(actor, _ => { })).Should().BeTrue();
    }

    [Fact]
    public async Task A_tick_already_in_the_mailbox_of_a_cancelled_timer_never_arrives()
    {
        var (events, actor) = Start();
        await DoAsync(actor, timers =>
        {
            timers.StartSingleTimer("key", "tick", Second);
            Clock.Advance(Second);
            timers.Cancel("key");
        });
        await FlushAsync(events, actor);
    }

    [Fact]
    public async Task A_tick_already_in_the_mailbox_of_a_replaced_timer_never_arrives()
    {
        var (events, actor) = Start();
        await DoAsync(actor, timers =>
        {
            timers.StartSingleTimer("key", "old", Second);
            Clock.Advance(Second);
            timers.StartSingleTimer("key", "new", Second);
        });
        await FlushAsync(events, actor);
        Clock.Advance(Second);
        await events.ExpectAsync("new");
    }

    [Fact]
    public async Task Timers_of_different_keys_do_not_touch_each_other()
    {
        var (events, actor) = Start();
        await DoAsync(actor, timers =>
        {
            timers.StartSingleTimer("a", "tick a", Second);
            timers.StartSingleTimer("b", "tick b", 2 * Second);
            timers.StartSingleTimer("c", "tick c", 3 * Second);
            timers.Cancel("b");
        });
        Clock.Advance(3 * Second);
        await events.ExpectAsync("tick a", "tick c");
    }

    [Fact]
    public async Task A_restart_cancels_all_timers_and_their_ticks()
    {
        var (events, actor) = Start();
        await DoAsync(actor, timers => timers.StartPeriodicTimer("key", "tick", Second));
        actor.Tell((Action<ITimerScheduler>)(_ =>
        {
            Clock.Advance(Second);
            throw Boom();
        }));
        await FlushAsync(events, actor);
        Clock.Advance(5 * Second);
        await FlushAsync(events, actor);
    }

    [Fact]
    public async Task A_constructor_starts_timers_also_the_one_of_a_restart()
    {
        var events = NewProbe();
        var actor = Sys.ActorOf(Props.Create(() => new Early(events.Ref)));
        await FlushAsync(events, actor);
        Clock.Advance(Second);
        await events.ExpectAsync("tick");
        actor.Tell(Boom());
        await FlushAsync(events, actor);
        Clock.Advance(Second);
        await events.ExpectAsync("tick");
        await FlushAsync(events, actor);
    }

    [Fact]
    public async Task A_periodic_timer_that_is_cancelled_while_its_tick_is_handled_ticks_no_more()
    {
        var (events, actor) = Start();
        await DoAsync(actor, timers => timers.StartPeriodicTimer(
            "key", (Action<ITimerScheduler>)(ticking => ticking.Cancel("key")), Second));
        Clock.Advance(3 * Second);
        (await DoAsync(actor, _ => { })).Should().BeFalse();
        await FlushAsync(events, actor);
    }

    private static async Task FlushAsync(Probe events, IActorRef actor)
    {
        actor.Tell("marker");
        await events.ExpectAsync("marker");
    }

    private static async Task<bool> DoAsync(IActorRef actor, Action<ITimerScheduler> act) =>
        await actor.Ask<bool>(act).WaitAsync(Patience);

    private (Probe Events, IActorRef Actor) Start()
    {
        var events = NewProbe();
        return (events, Sys.ActorOf(Props.Create(() => new Timed(events.Ref))));
    }

    private sealed class Early : ReceiveActor, IWithTimers
    {
        public Early(IActorRef events)
        {
            Timers.StartPeriodicTimer("key", "tick", Second);
            Receive<Exception>(failure => throw failure);
            ReceiveAny(message => events.Tell(message));
        }

        public ITimerScheduler Timers { get; set; } = null!;
    }

    private sealed class Timed : ReceiveActor, IWithTimers
    {
        public Timed(IActorRef events)
        {
            Receive<Action<ITimerScheduler>>(act =>
            {
                act(Timers);
                Sender.Tell(Timers.IsTimerActive("key"));
            });
            ReceiveAny(message => events.Tell(message));
        }

        public ITimerScheduler Timers { get; set; } = null!;
    }
}
