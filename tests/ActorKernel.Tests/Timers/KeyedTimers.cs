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
    public async Task A_receive_timeout_comes_when_no_message_does()
    {
        var events = NewProbe();
        var actor = Sys.ActorOf(Puppet.Props(events));
        actor.Tell(new Do(context => context.SetReceiveTimeout(Second)));
        actor.Tell("set");
        await events.ExpectAsync("set");
        await SyncAsync(actor);
        Clock.Advance(Second / 2);
        actor.Tell("busy");
        await events.ExpectAsync("busy");
        await SyncAsync(actor);
        Clock.Advance(Second - TimeSpan.FromTicks(1));
        await events.ExpectNothingBeforeMarkerAsync();
        Clock.Advance(TimeSpan.FromTicks(1));
        await events.ExpectAsync<ReceiveTimeout>();
    }

    private static async Task SyncAsync(IActorRef actor)
    {
        // Two round trips: the timeout is armed again after the message before has been handled.
        await actor.Ask<string>(new Do(context => context.Sender.Tell("handled"))).WaitAsync(Patience);
        await actor.Ask<string>(new Quiet(context => context.Sender.Tell("handled"))).WaitAsync(Patience);
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
