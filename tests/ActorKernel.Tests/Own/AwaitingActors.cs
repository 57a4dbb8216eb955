using DklActors.ActorKernel.Tests.Kit;

namespace DklActors.ActorKernel.Tests.Own;

/// <summary>
/// While a handler awaits, an actor of Akka.NET decides no failure of its children, and when it stops meanwhile, the
/// rest of the handler never runs: not even what it would clean up.
/// </summary>
public sealed class AwaitingActors : ActorTest
{
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

    private (Probe Events, TaskCompletionSource Gate, IActorRef Actor) Start()
    {
        var events = NewProbe();
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return (events, gate, Sys.ActorOf(Props.Create(() => new Awaiting(events.Ref))));
    }
}
