using DklActors.ActorKernel.Tests.Kit;

namespace DklActors.ActorKernel.Tests.Supervision;

/*
 *   top            resumes or restarts middle
 *   └─ middle      fails first, and then escalates what its child fails with
 *      └─ leaf     fails while middle is suspended
 */
public sealed class FailuresWhileSuspended : ActorTest
{
    [Fact]
    public async Task A_failure_waits_for_a_supervisor_that_has_failed_itself()
    {
        var (events, reports) = (NewProbe(), NewProbe());
        using var decide = new ManualResetEventSlim();
        using var fail = new ManualResetEventSlim();
        var top = Sys.ActorOf(Puppet.Props(events, PuppetTraits.Supervising(failure =>
        {
            reports.Ref.Tell($"top resumes {failure.Message}");
            decide.Wait(Patience);
            return Directive.Resume;
        })));
        var middle = await ChildOfAsync(top, Puppet.Props(events, PuppetTraits.Supervising(failure =>
        {
            reports.Ref.Tell($"middle escalates {failure.Message}");
            return Directive.Escalate;
        })), "middle");
        var leaf = await ChildOfAsync(middle, Puppet.Props(events), "leaf");
        leaf.Tell(new Do(_ =>
        {
            reports.Ref.Tell("leaf is busy");
            fail.Wait(Patience);
            throw Boom("leaf");
        }));
        leaf.Tell("next");
        await reports.ExpectAsync("leaf is busy");
        middle.Tell(Boom("middle"));
        await reports.ExpectAsync("top resumes middle");
        fail.Set();
        decide.Set();

        await reports.ExpectAsync("middle escalates leaf", "top resumes leaf");
        await events.ExpectAsync("next");
        middle.Tell("and middle goes on");
        await events.ExpectAsync("and middle goes on");
    }

    [Fact]
    public async Task A_decider_sees_the_failed_child_as_the_sender()
    {
        var (events, senders) = (NewProbe(), NewProbe());
        var parent = Sys.ActorOf(Props.Create(() => new Curious(senders.Ref)));
        var child = await parent.Ask<IActorRef>(Puppet.Props(events)).WaitAsync(Patience);
        child.Tell(Boom());
        await senders.ExpectAsync(child);
    }

    private sealed class Curious(IActorRef senders) : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell(Context.ActorOf((Props)message));

        protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ =>
        {
            senders.Tell(Sender);
            return Directive.Resume;
        });
    }
}
