using DklActors.ActorKernel.Tests.Kit;

namespace DklActors.ActorKernel.Tests.Own;

/// <summary>
/// While a handler awaits, an actor of Akka.NET decides no failure of its children.
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
}
