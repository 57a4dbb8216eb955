using DklActors.ActorKernel.Tests.Kit;

namespace DklActors.ActorKernel.Tests.Handlers;

public sealed class AsyncHandlers : ActorTest
{
    [Fact]
    public async Task No_other_message_is_handled_between_awaits()
    {
        var (events, gate, actor) = Start();
        actor.Tell(gate.Task);
        actor.Tell("second");
        await events.ExpectAsync("begin");
        await events.ExpectNothingBeforeMarkerAsync();
        gate.SetResult();
        await events.ExpectAsync("end", "second");
    }

    [Fact]
    public async Task Self_sender_and_context_are_valid_after_an_await()
    {
        var asker = NewProbe();
        var (_, gate, actor) = Start();
        actor.Tell(gate.Task, asker.Ref);
        gate.SetResult();
        await asker.ExpectAsync($"{actor.Path} {actor.Path} to {asker.Ref.Path}");
    }

    [Fact]
    public async Task An_exception_after_an_await_goes_to_supervision_with_its_message()
    {
        var (events, gate, actor) = Start();
        actor.Tell(gate.Task);
        actor.Tell("second");
        await events.ExpectAsync("begin");
        gate.SetException(Boom());
        await events.ExpectAsync("restart: boom on a task", "second");
    }

    [Fact]
    public async Task A_handler_of_a_resumed_actor_still_keeps_other_messages_waiting()
    {
        // parent resumes ─► actor awaits while its own child's failure is escalated through it
        var events = NewProbe();
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var parent = Sys.ActorOf(Puppet.Props(events, PuppetTraits.Supervising(_ =>
        {
            events.Ref.Tell("resumed");
            return Directive.Resume;
        })));
        var actor = await ChildOfAsync(parent, Props.Create(() => new Awaiting(events.Ref)));
        var leaf = await actor.Ask<IActorRef>("child").WaitAsync(Patience);
        actor.Tell(gate.Task);
        actor.Tell("second");
        await events.ExpectAsync("begin");
        leaf.Tell(Boom());
        await events.ExpectAsync("resumed");
        leaf.Tell("leaf is back");
        await events.ExpectAsync("leaf is back");
        await events.ExpectNothingBeforeMarkerAsync();
        gate.SetResult();
        await events.ExpectAsync("end", "second");
    }

    [Fact]
    public async Task An_exception_before_the_first_await_goes_to_supervision()
    {
        var (events, _, actor) = Start();
        actor.Tell(Task.FromException(Boom()));
        await events.ExpectAsync("begin", "restart: boom on a task");
    }

    [Fact]
    public async Task A_cancelled_handler_fails_the_actor()
    {
        var (events, gate, actor) = Start();
        actor.Tell(gate.Task);
        await events.ExpectAsync("begin");
        gate.SetCanceled();
        (await events.ExpectAsync<string>()).Should().StartWith("restart: ");
    }

    [Fact]
    public async Task Handlers_that_never_suspend_run_in_order()
    {
        var (events, _, actor) = Start();
        for (var i = 0; i < 200; i++)
        {
            actor.Tell(Task.CompletedTask);
        }

        for (var i = 0; i < 200; i++)
        {
            await events.ExpectAsync("begin", "end");
        }
    }

    [Fact]
    public async Task A_stop_does_not_wait_for_the_handler_whose_clean_up_still_runs()
    {
        var (events, gate, actor) = Start();
        await events.WatchAsync(actor);
        actor.Tell(gate.Task);
        await events.ExpectAsync("begin");
        Sys.Stop(actor);
        await events.ExpectAsync<Terminated>();
        gate.SetException(Boom());
        await events.ExpectAsync("cleaned up outside");
    }

    [Fact]
    public async Task Outside_of_the_actor_its_context_throws()
    {
        var events = NewProbe();
        Sys.ActorOf(Props.Create(() => new Leaving(events.Ref))).Tell("go");
        await events.ExpectAsync<NotSupportedException>();
    }

    private (Probe Events, TaskCompletionSource Gate, IActorRef Actor) Start()
    {
        var events = NewProbe();
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return (events, gate, Sys.ActorOf(Props.Create(() => new Awaiting(events.Ref))));
    }

    private sealed class Awaiting : ReceiveActor
    {
        private readonly IActorRef _events;

        public Awaiting(IActorRef events)
        {
            _events = events;
            ReceiveAsync<Task>(AwaitAsync);
            Receive<string>(message => message == "child", _ => Sender.Tell(Context.ActorOf(Props.Create(
                () => new Puppet(events, new PuppetTraits())))));
            ReceiveAny(message => events.Tell(message));
        }

        protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Escalate);

        protected override void PreRestart(Exception reason, object? message) =>
            _events.Tell($"restart: {reason.Message} on a {(message is Task ? "task" : "nothing")}");

        private async Task AwaitAsync(Task gate)
        {
            _events.Tell("begin");
            try
            {
                await gate;
                await Task.Yield();
                Sender.Tell($"{Self.Path} {Context.Self.Path} to {Sender.Path}");
                _events.Tell("end");
            }
            finally
            {
                if (SynchronizationContext.Current is null)
                {
                    _events.Tell("cleaned up outside", ActorRefs.NoSender);
                }
            }
        }
    }

    private sealed class Leaving : ReceiveActor
    {
        public Leaving(IActorRef events) => ReceiveAsync<string>(async _ =>
        {
            await Task.Yield();
            await Task.Run(() => events.Tell(Record.Exception(() => Sender)!, ActorRefs.NoSender));
        });
    }
}
