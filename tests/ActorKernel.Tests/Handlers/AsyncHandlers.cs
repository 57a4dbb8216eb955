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

    private sealed class Leaving : ReceiveActor
    {
        public Leaving(IActorRef events) => ReceiveAsync<string>(async _ =>
        {
            await Task.Yield();
            await Task.Run(() => events.Tell(Record.Exception(() => Sender)!, ActorRefs.NoSender));
        });
    }
}
