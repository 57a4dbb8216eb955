using DklActors.ActorKernel.Configuration;
using DklActors.ActorKernel.Tests.Kit;

namespace DklActors.ActorKernel.Tests.Own;

/*
 *   top            holds its decision about middle, which has failed
 *   └─ middle      suspended, and so are its children
 *      ├─ leaf     fails in addition (its mailbox overflows) and is resumed from that failure alone
 *      └─ other
 */
public sealed class SuspendCounter : ActorTest
{
    protected override ActorSystemSettings Settings => base.Settings with
    {
        Mailboxes = new Dictionary<string, MailboxDefinition> { ["fail"] = new(3, OverflowPolicy.Fail) },
    };

    [Fact]
    public async Task One_resume_of_two_suspensions_leaves_the_actor_suspended()
    {
        var (events, letters, reports) = (NewProbe(), NewProbe(), NewProbe());
        using var decide = new ManualResetEventSlim();
        var top = Sys.ActorOf(Puppet.Props(events, PuppetTraits.Supervising(_ =>
        {
            reports.Ref.Tell("top decides");
            decide.Wait(Patience);
            return Directive.Resume;
        })));
        var middle = await ChildOfAsync(top, Puppet.Props(events, PuppetTraits.Supervising(failure =>
        {
            reports.Ref.Tell(failure.GetType());
            return Directive.Resume;
        })), "middle");
        var leaf = await ChildOfAsync(middle, Puppet.Props(events).WithMailbox("fail"), "leaf");
        var other = await ChildOfAsync(middle, Puppet.Props(events).WithMailbox("fail"), "other");
        middle.Tell(Boom());
        await reports.ExpectAsync("top decides");
        Sys.EventStream.Subscribe(letters.Ref, typeof(DeadLetter));

        Fill(leaf);
        await reports.ExpectAsync(typeof(MailboxOverflowException));

        // Middle takes one failure after the other: when it sees this one, the leaf's resume is on its way.
        Fill(other);
        await reports.ExpectAsync(typeof(MailboxOverflowException));
        Sys.Stop(leaf);

        var undelivered = new List<object>();
        while (undelivered.Count < 5)
        {
            undelivered.Add((await letters.ExpectAsync<DeadLetter>()).Message);
        }

        undelivered.Should().Equal("3", "3", "0", "1", "2");
        await events.ExpectNothingBeforeMarkerAsync();
        decide.Set();
        await events.ExpectAsync("0", "1", "2");
    }

    private static void Fill(IActorRef actor)
    {
        for (var i = 0; i < 4; i++)
        {
            actor.Tell($"{i}");
        }
    }
}
