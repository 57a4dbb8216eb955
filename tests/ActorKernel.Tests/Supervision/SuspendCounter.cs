using DklActors.ActorKernel.Tests.Kit;

namespace DklActors.ActorKernel.Tests.Supervision;

/*
 *   top            resumes middle, which has failed
 *   └─ middle      was suspended with its child, and holds its decision about the child
 *      └─ leaf     has failed in addition, so one of its two suspensions is left
 */
public sealed class SuspendCounter : ActorTest
{
    [Fact]
    public async Task One_resume_of_two_suspensions_leaves_the_actor_suspended()
    {
        var (events, letters, reports) = (NewProbe(), NewProbe(), NewProbe());
        using var decide = new ManualResetEventSlim();
        using var fail = new ManualResetEventSlim();
        var top = Sys.ActorOf(Puppet.Props(events, PuppetTraits.Supervising(_ =>
        {
            reports.Ref.Tell("top decides");
            return Directive.Resume;
        })));
        var middle = await ChildOfAsync(top, Puppet.Props(events, PuppetTraits.Supervising(_ =>
        {
            reports.Ref.Tell("middle decides");
            decide.Wait(Patience);
            return Directive.Resume;
        })), "middle");
        var leaf = await ChildOfAsync(middle, Puppet.Props(events), "leaf");
        Sys.EventStream.Subscribe(letters.Ref, typeof(DeadLetter));
        leaf.Tell(new Do(_ =>
        {
            reports.Ref.Tell("leaf is busy");
            fail.Wait(Patience);
            throw Boom();
        }));
        leaf.Tell("next");
        await reports.ExpectAsync("leaf is busy");
        middle.Tell(Boom());
        await reports.ExpectAsync("top decides");
        fail.Set();
        await reports.ExpectAsync("middle decides");

        Sys.Stop(leaf);

        (await letters.ExpectAsync<DeadLetter>()).Message.Should().Be("next");
        await events.ExpectNothingBeforeMarkerAsync();
        decide.Set();
    }
}
