using DklActors.ActorKernel.Configuration;
using DklActors.ActorKernel.Tests.Kit;

namespace DklActors.ActorKernel.Tests.Own;

/// <summary>An actor of Akka.NET stops at once while its handler awaits, and the rest never runs.</summary>
public sealed class CancelledHandlers : ActorTest
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    protected override ActorSystemSettings Settings => base.Settings with { HandlerGrace = Grace };

    [Fact]
    public async Task A_stop_cancels_the_handler_and_waits_for_its_end()
    {
        var (actor, _, events, gate) = await BusyAsync();
        await events.WatchAsync(actor);
        Sys.Stop(actor);
        await events.ExpectAsync("cancelled");
        await events.ExpectNothingBeforeMarkerAsync();
        gate.SetResult();
        await events.ExpectAsync("cleaned up inside", "PostStop");
        await events.ExpectAsync<Terminated>();
    }

    [Fact]
    public async Task After_the_grace_the_stop_goes_on_and_the_clean_up_still_runs()
    {
        var (actor, _, events, gate) = await BusyAsync();
        await events.WatchAsync(actor);
        Sys.Stop(actor);
        await events.ExpectAsync("cancelled");
        Clock.Advance(Grace);
        await events.ExpectAsync("PostStop");
        await events.ExpectAsync<Terminated>();
        gate.SetResult();
        await events.ExpectAsync("cleaned up outside");
    }

    [Fact]
    public async Task A_restart_cancels_the_handler_and_waits_for_its_end()
    {
        var (_, child, events, gate) = await BusyAsync();
        child.Tell(Boom());
        await events.ExpectAsync("cancelled");
        await events.ExpectNothingBeforeMarkerAsync();
        gate.SetResult();
        await events.ExpectAsync("cleaned up inside", "PreRestart", "PostRestart");
    }

    [Fact]
    public async Task After_the_grace_the_restart_goes_on_and_the_clean_up_still_runs()
    {
        var (actor, child, events, gate) = await BusyAsync();
        child.Tell(Boom());
        await events.ExpectAsync("cancelled");
        Clock.Advance(Grace);
        await events.ExpectAsync("PreRestart", "PostRestart");
        actor.Tell("the new incarnation is free");
        await events.ExpectAsync("the new incarnation is free");
        gate.SetResult();
        await events.ExpectAsync("cleaned up outside");
    }

    [Fact]
    public async Task A_stop_overrides_a_restart_that_waits()
    {
        var (actor, child, events, gate) = await BusyAsync();
        await events.WatchAsync(actor);
        child.Tell(Boom());
        await events.ExpectAsync("cancelled");
        Sys.Stop(actor);
        gate.SetResult();
        await events.ExpectAsync("cleaned up inside", "PostStop");
        await events.ExpectAsync<Terminated>();
    }

    [Fact]
    public async Task A_handler_that_ends_by_its_cancellation_has_not_failed()
    {
        var (events, errors) = (NewProbe(), NewProbe());
        Sys.EventStream.Subscribe(errors.Ref, typeof(Warning));
        Sys.EventStream.Subscribe(errors.Ref, typeof(Error));
        var actor = Sys.ActorOf(Props.Create(() => new Obedient(events.Ref)));
        await events.WatchAsync(actor);
        actor.Tell("wait");
        await events.ExpectAsync("begin");
        Sys.Stop(actor);
        await events.ExpectAsync<Terminated>();
        await errors.ExpectNothingBeforeMarkerAsync();
    }

    [Fact]
    public void Outside_of_an_async_handler_there_is_no_token() =>
        FluentActions.Invoking(() => AsyncHandler.CancellationToken).Should().Throw<InvalidOperationException>();

    private async Task<(IActorRef Actor, IActorRef Child, Probe Events, TaskCompletionSource Gate)> BusyAsync()
    {
        var events = NewProbe();
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var actor = Sys.ActorOf(Props.Create(() => new Busy(events.Ref)));
        var child = await actor.Ask<IActorRef>(Puppet.Props(events)).WaitAsync(Patience);
        actor.Tell(gate.Task);
        await events.ExpectAsync("begin");
        return (actor, child, events, gate);
    }

    private sealed class Obedient : ReceiveActor
    {
        public Obedient(IActorRef events) => ReceiveAsync<string>(async _ =>
        {
            events.Tell("begin");
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, AsyncHandler.CancellationToken);
        });
    }

    private sealed class Busy : ReceiveActor
    {
        private readonly IActorRef _events;

        public Busy(IActorRef events)
        {
            _events = events;
            ReceiveAsync<Task>(AwaitAsync);
            Receive<Props>(child => Sender.Tell(Context.ActorOf(child)));
            ReceiveAny(message => events.Tell(message));
        }

        protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Escalate);

        protected override void PreRestart(Exception reason, object? message) => _events.Tell("PreRestart");

        protected override void PostRestart(Exception reason) => _events.Tell("PostRestart");

        protected override void PostStop() => _events.Tell("PostStop");

        private async Task AwaitAsync(Task gate)
        {
            var events = _events;
            AsyncHandler.CancellationToken.Register(() => events.Tell("cancelled", ActorRefs.NoSender));
            events.Tell("begin");
            try
            {
                await gate;
            }
            finally
            {
                var inside = Record.Exception(() => Context) is null;
                events.Tell($"cleaned up {(inside ? "inside" : "outside")}", ActorRefs.NoSender);
            }
        }
    }
}
