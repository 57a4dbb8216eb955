using DklActors.ActorKernel.Tests.Kit;

namespace DklActors.ActorKernel.Tests.Supervision;

/*
 *   parent (all-for-one)
 *   ├─ a   fails
 *   └─ b   shares its fate
 */
public sealed class AllForOne : ActorTest
{
    [Fact]
    public async Task All_children_restart_when_one_fails()
    {
        var (a, b, events) = await FamilyAsync(_ => Directive.Restart, retries: null);
        b.Tell("count");
        await events.ExpectAsync(1);

        a.Tell(Boom());
        a.Tell("count");
        await events.ExpectAsync(1);

        // Only the failed one was known to be suspended, so the sibling is asked after it is known to be restarted.
        b.Tell("count");
        await events.ExpectAsync(1);
    }

    [Fact]
    public async Task All_children_stop_when_one_must()
    {
        var (a, b, events) = await FamilyAsync(_ => Directive.Stop, retries: null);
        await events.WatchAsync(a);
        await events.WatchAsync(b);
        a.Tell(Boom());
        var dead = new[]
        {
            (await events.ExpectAsync<Terminated>()).ActorRef, (await events.ExpectAsync<Terminated>()).ActorRef,
        };
        dead.Should().BeEquivalentTo([a, b]);
    }

    [Fact]
    public async Task All_children_stop_when_the_limit_is_exceeded()
    {
        var (a, b, events) = await FamilyAsync(_ => Directive.Restart, retries: 1);
        await events.WatchAsync(a);
        await events.WatchAsync(b);
        a.Tell(Boom());
        a.Tell("count");
        await events.ExpectAsync(1);
        b.Tell(Boom());
        await events.ExpectAsync<Terminated>();
        await events.ExpectAsync<Terminated>();
    }

    [Fact]
    public async Task Failures_of_two_children_at_once_leave_neither_suspended()
    {
        var (a, b, events) = await FamilyAsync(_ => Directive.Restart, retries: null);
        for (var round = 0; round < 50; round++)
        {
            a.Tell(Boom());
            b.Tell(Boom());
            (await a.Ask<string>(new Do(context => context.Sender.Tell("up"))).WaitAsync(Patience)).Should().Be("up");
            (await b.Ask<string>(new Do(context => context.Sender.Tell("up"))).WaitAsync(Patience)).Should().Be("up");
        }

        await events.ExpectNothingBeforeMarkerAsync();
    }

    private async Task<(IActorRef A, IActorRef B, Probe Events)> FamilyAsync(
        Func<Exception, Directive> decider, int? retries)
    {
        var events = NewProbe();
        var parent = Sys.ActorOf(Puppet.Props(
            events, new PuppetTraits { Strategy = new AllForOneStrategy(retries, null, decider) }));
        var a = await ChildOfAsync(parent, Puppet.Props(events), "a");
        var b = await ChildOfAsync(parent, Puppet.Props(events), "b");
        return (a, b, events);
    }
}
