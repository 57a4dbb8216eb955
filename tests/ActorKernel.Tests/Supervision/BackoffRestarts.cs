using DklActors.ActorKernel.Tests.Kit;

namespace DklActors.ActorKernel.Tests.Supervision;

public sealed class BackoffRestarts : ActorTest
{
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Little = TimeSpan.FromMilliseconds(10);

    [Fact]
    public async Task Each_wait_is_twice_the_last_up_to_the_longest()
    {
        var (supervisor, events) = await StartAsync(OnStop, options => options.WithManualReset());
        foreach (var seconds in new[] { 1, 2, 4, 4 })
        {
            await StopChildAsync(supervisor, events);
            await AdvanceAsync(supervisor, TimeSpan.FromSeconds(seconds) - Little);
            (await ChildAsync(supervisor)).Should().BeNull();
            Clock.Advance(Little);
            await ExpectStartAsync(events);
        }

        (await RestartsAsync(supervisor)).Should().Be(4);
    }

    [Fact]
    public async Task OnStop_restarts_a_failed_child_at_once_unless_the_strategy_stops_it()
    {
        var (supervisor, events) = await StartAsync(OnStop);
        supervisor.Tell(Boom());
        await events.ExpectAsync(
            "child PreRestart exception", "child PostStop", "child constructed", "child PostRestart boom");
        (await RestartsAsync(supervisor)).Should().Be(0);

        var (stopping, more) = await StartAsync(OnStop, options => options.WithDefaultStoppingStrategy());
        stopping.Tell(Boom());
        await more.ExpectAsync("child PostStop");
        await UntilBackingOffAsync(stopping);
        (await RestartsAsync(stopping)).Should().Be(1);
        Clock.Advance(Least);
        await ExpectStartAsync(more);
    }

    [Fact]
    public async Task OnFailure_waits_after_a_failure()
    {
        var (supervisor, events) = await StartAsync(OnFailure);
        supervisor.Tell(Boom());
        await events.ExpectAsync("child PostStop");
        await UntilBackingOffAsync(supervisor);
        Clock.Advance(Least);
        await ExpectStartAsync(events);
    }

    [Fact]
    public async Task OnFailure_ends_with_a_child_that_stops_by_itself()
    {
        var (supervisor, events) = await StartAsync(OnFailure);
        await events.WatchAsync(supervisor);
        supervisor.Tell(new Do(context => context.Stop(context.Self)));
        await events.ExpectAsync("child PostStop");
        (await events.ExpectAsync<Terminated>()).ActorRef.Should().Be(supervisor);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task After_the_last_retry_the_supervisor_stops(bool onStop)
    {
        var (supervisor, events) = await StartAsync(
            onStop ? OnStop : OnFailure,
            options => (onStop ? options.WithDefaultStoppingStrategy() : options)
                .WithManualReset().WithMaxNrOfRetries(1));
        await events.WatchAsync(supervisor);
        supervisor.Tell(Boom());
        await events.ExpectAsync("child PostStop");
        await UntilBackingOffAsync(supervisor);
        Clock.Advance(Least);
        await ExpectStartAsync(events);
        supervisor.Tell(Boom());
        await events.ExpectAsync("child PostStop");
        (await events.ExpectAsync<Terminated>()).ActorRef.Should().Be(supervisor);
    }

    [Fact]
    public async Task A_child_that_lives_long_enough_resets_the_count()
    {
        var (supervisor, events) = await StartAsync(OnStop, options => options.WithAutoReset(3 * Least));
        await StopChildAsync(supervisor, events);
        Clock.Advance(Least);
        await ExpectStartAsync(events);
        await AdvanceAsync(supervisor, (3 * Least) - Little);
        (await RestartsAsync(supervisor)).Should().Be(1);
        await AdvanceAsync(supervisor, Little);
        (await RestartsAsync(supervisor)).Should().Be(0);
    }

    [Fact]
    public async Task A_child_that_stops_earlier_does_not()
    {
        var (supervisor, events) = await StartAsync(OnStop, options => options.WithAutoReset(3 * Least));
        await StopChildAsync(supervisor, events);
        Clock.Advance(Least);
        await ExpectStartAsync(events);
        await StopChildAsync(supervisor, events);
        Clock.Advance(2 * Least);
        await ExpectStartAsync(events);
        await AdvanceAsync(supervisor, 2 * Least);
        (await RestartsAsync(supervisor)).Should().Be(2);
    }

    [Fact]
    public async Task A_manual_reset_resets_the_count_and_is_unhandled_otherwise()
    {
        var unhandled = NewProbe();
        Sys.EventStream.Subscribe(unhandled.Ref, typeof(UnhandledMessage));
        var (manual, events) = await StartAsync(OnStop, options => options.WithManualReset());
        await StopChildAsync(manual, events);
        (await RestartsAsync(manual)).Should().Be(1);
        manual.Tell(BackoffSupervisor.Reset.Instance);
        (await RestartsAsync(manual)).Should().Be(0);

        var (auto, _) = await StartAsync(OnStop);
        auto.Tell(BackoffSupervisor.Reset.Instance);
        (await unhandled.ExpectAsync<UnhandledMessage>()).Recipient.Should().Be(auto);
    }

    [Fact]
    public async Task Without_a_child_a_message_is_a_dead_letter_or_gets_the_reply_for_it()
    {
        var letters = NewProbe();
        var (supervisor, events) = await StartAsync(OnStop);
        await StopChildAsync(supervisor, events);
        Sys.EventStream.Subscribe(letters.Ref, typeof(DeadLetter));
        supervisor.Tell("lost");
        (await letters.ExpectAsync<DeadLetter>()).Message.Should().Be("lost");

        var (replying, more) = await StartAsync(OnStop, options => options.WithReplyWhileStopped("away"));
        await StopChildAsync(replying, more);
        (await replying.Ask<string>("hello").WaitAsync(Patience)).Should().Be("away");
    }

    [Fact]
    public async Task Messages_keep_their_sender_to_the_child_and_come_from_the_supervisor_to_its_parent()
    {
        var (parentEvents, events) = (NewProbe(), NewProbe());
        var parent = Sys.ActorOf(Puppet.Props(parentEvents));
        var supervisor = await ChildOfAsync(
            parent, BackoffSupervisor.Props(OnStop(Puppet.Props(events))), "supervisor");
        (await supervisor.Ask<string>(new Do(context => context.Sender.Tell("hello"))).WaitAsync(Patience))
            .Should().Be("hello");
        supervisor.Tell(new Do(context => context.Parent.Tell(new Do(atParent =>
            parentEvents.Ref.Tell(atParent.Sender)))));
        await parentEvents.ExpectAsync(supervisor);
    }

    [Fact]
    public void A_backoff_that_makes_no_sense_is_refused()
    {
        var child = Puppet.Props(NewProbe());
        foreach (var options in new[]
        {
            Backoff.OnStop(child, "child", TimeSpan.Zero, Most, 0, -1),
            Backoff.OnStop(child, "child", Most, Least, 0, -1),
            Backoff.OnFailure(child, "child", Least, Most, 1.1, -1),
            Backoff.OnFailure(child, "child", Least, Most, -0.1, -1),
        })
        {
            FluentActions.Invoking(() => BackoffSupervisor.Props(options)).Should().Throw<ArgumentException>();
        }
    }

    private static async Task<IActorRef?> ChildAsync(IActorRef supervisor) => (await supervisor
        .Ask<BackoffSupervisor.CurrentChild>(BackoffSupervisor.GetCurrentChild.Instance).WaitAsync(Patience)).Ref;

    private static async Task<int> RestartsAsync(IActorRef supervisor) => (await supervisor
        .Ask<BackoffSupervisor.RestartCount>(BackoffSupervisor.GetRestartCount.Instance).WaitAsync(Patience)).Count;

    private static BackoffOptions OnStop(Props child) => Backoff.OnStop(child, "child", Least, Most, 0, -1);

    private static BackoffOptions OnFailure(Props child) => Backoff.OnFailure(child, "child", Least, Most, 0, -1);

    private static Task ExpectStartAsync(Probe events) => events.ExpectAsync("child constructed", "child PreStart");

    private static async Task StopChildAsync(IActorRef supervisor, Probe events)
    {
        supervisor.Tell(new Do(context => context.Stop(context.Self)));
        await events.ExpectAsync("child PostStop");
        await UntilBackingOffAsync(supervisor);
    }

    private static async Task UntilBackingOffAsync(IActorRef supervisor)
    {
        while (await ChildAsync(supervisor) is not null)
        {
            await Task.Yield();
        }
    }

    private async Task<(IActorRef Supervisor, Probe Events)> StartAsync(
        Func<Props, BackoffOptions> kind, Func<BackoffOptions, BackoffOptions>? change = null)
    {
        var events = NewProbe();
        var options = kind(Puppet.Props(events, new PuppetTraits { Reports = true }));
        var supervisor = Sys.ActorOf(BackoffSupervisor.Props(change is null ? options : change(options)));
        await ExpectStartAsync(events);
        return (supervisor, events);
    }

    private async Task AdvanceAsync(IActorRef supervisor, TimeSpan by)
    {
        Clock.Advance(by);

        // What the clock has sent is handled before this.
        await RestartsAsync(supervisor);
    }
}
