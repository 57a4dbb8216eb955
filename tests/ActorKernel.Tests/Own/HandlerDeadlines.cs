using DklActors.ActorKernel.Configuration;
using DklActors.ActorKernel.Tests.Kit;

namespace DklActors.ActorKernel.Tests.Own;

public sealed class HandlerDeadlines : ActorTest
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(3);

    protected override ActorSystemSettings Settings => base.Settings with
    {
        HandlerDeadline = Deadline,
        Mailboxes = new Dictionary<string, MailboxDefinition>
        {
            ["patient"] = MailboxDefinition.Default with { HandlerDeadline = 10 * Deadline },
        },
    };

    [Fact]
    public async Task A_handler_past_its_deadline_is_cancelled_and_fails_the_actor()
    {
        var (child, events) = await StartAsync(Directive.Restart);
        child.Tell("wait");
        child.Tell("next");
        await events.ExpectAsync("begin");
        Clock.Advance(Deadline - TimeSpan.FromTicks(1));
        await events.ExpectNothingBeforeMarkerAsync();
        Clock.Advance(TimeSpan.FromTicks(1));
        await events.ExpectAsync(typeof(HandlerDeadlineException), "restart on wait", "next");
    }

    [Fact]
    public async Task A_resumed_actor_goes_on_with_its_state_when_the_handler_has_ended()
    {
        var (child, events) = await StartAsync(Directive.Resume);
        child.Tell("wait");
        child.Tell("next");
        await events.ExpectAsync("begin");
        Clock.Advance(Deadline);
        await events.ExpectAsync(typeof(HandlerDeadlineException), "next");
    }

    [Fact]
    public async Task Stop_stops()
    {
        var (child, events) = await StartAsync(Directive.Stop);
        await events.WatchAsync(child);
        child.Tell("wait");
        await events.ExpectAsync("begin");
        Clock.Advance(Deadline);
        await events.ExpectAsync(typeof(HandlerDeadlineException));
        await events.ExpectAsync<Terminated>();
    }

    [Fact]
    public async Task A_handler_that_ends_in_time_does_not_fail()
    {
        var (child, events) = await StartAsync(Directive.Restart);
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        child.Tell(gate.Task);
        await events.ExpectAsync("begin");
        Clock.Advance(Deadline / 2);
        gate.SetResult();
        child.Tell("next");
        await events.ExpectAsync("next");
        Clock.Advance(Deadline);
        child.Tell("still here");
        await events.ExpectAsync("still here");
    }

    [Fact]
    public async Task A_mailbox_can_set_another_deadline()
    {
        var (child, events) = await StartAsync(Directive.Restart, "patient");
        child.Tell("wait");
        await events.ExpectAsync("begin");
        Clock.Advance(9 * Deadline);
        await events.ExpectNothingBeforeMarkerAsync();
        Clock.Advance(Deadline);
        await events.ExpectAsync(typeof(HandlerDeadlineException), "restart on wait");
    }

    private async Task<(IActorRef Child, Probe Events)> StartAsync(Directive directive, string? mailbox = null)
    {
        var events = NewProbe();
        var parent = Sys.ActorOf(Puppet.Props(events, PuppetTraits.Supervising(failure =>
        {
            events.Ref.Tell(failure.GetType());
            return directive;
        })));
        var props = Props.Create(() => new Waiting(events.Ref));
        return (await ChildOfAsync(parent, mailbox is null ? props : props.WithMailbox(mailbox)), events);
    }

    private sealed class Waiting : ReceiveActor
    {
        private readonly IActorRef _events;

        public Waiting(IActorRef events)
        {
            _events = events;
            ReceiveAsync<string>(message => message == "wait", async _ =>
            {
                events.Tell("begin");
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, AsyncHandler.CancellationToken);
            });
            ReceiveAsync<Task>(async gate =>
            {
                events.Tell("begin");
                await gate;
            });
            ReceiveAny(message => events.Tell(message));
        }

        protected override void PreRestart(Exception reason, object? message) =>
            _events.Tell($"restart on {message}");
    }
}
