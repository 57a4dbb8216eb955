using DklActors.ActorKernel.Tests.Kit;

namespace DklActors.ActorKernel.Tests.Supervision;

public sealed class Directives : ActorTest
{
    [Fact]
    public async Task Resume_keeps_the_state_and_loses_the_failing_message()
    {
        var (child, events) = await SupervisedByAsync(_ => Directive.Resume);
        child.Tell("count");
        child.Tell(Boom());
        child.Tell("count");
        await events.ExpectAsync(1, 2);
    }

    [Fact]
    public async Task Restart_begins_with_fresh_state_under_the_same_reference()
    {
        var (child, events) = await SupervisedByAsync(_ => Directive.Restart);
        child.Tell("count");
        child.Tell(Boom());
        child.Tell("count");
        await events.ExpectAsync(1, 1);
    }

    [Fact]
    public async Task Stop_ends_the_child()
    {
        var (child, events) = await SupervisedByAsync(_ => Directive.Stop);
        await events.WatchAsync(child);
        child.Tell(Boom());
        (await events.ExpectAsync<Terminated>()).ActorRef.Should().Be(child);
    }

    [Fact]
    public async Task Escalate_fails_the_supervisor_with_the_same_exception()
    {
        var events = NewProbe();
        var seen = new TaskCompletionSource<Exception>();
        var top = Sys.ActorOf(Puppet.Props(events, PuppetTraits.Supervising(cause =>
        {
            seen.TrySetResult(cause);
            return Directive.Stop;
        })));
        var middle = await ChildOfAsync(
            top, Puppet.Props(events, PuppetTraits.Supervising(_ => Directive.Escalate)), "middle");
        var leaf = await ChildOfAsync(middle, Puppet.Props(events), "leaf");
        await events.WatchAsync(middle);
        var failure = Boom();

        leaf.Tell(failure);

        (await seen.Task.WaitAsync(Patience)).Should().BeSameAs(failure);
        (await events.ExpectAsync<Terminated>()).ActorRef.Should().Be(middle);
    }

    [Fact]
    public async Task A_resumed_supervisor_resumes_the_child_whose_failure_it_escalated()
    {
        var events = NewProbe();
        var top = Sys.ActorOf(Puppet.Props(events, PuppetTraits.Supervising(_ =>
        {
            events.Ref.Tell("resumed");
            return Directive.Resume;
        })));
        var middle = await ChildOfAsync(
            top, Puppet.Props(events, PuppetTraits.Supervising(_ => Directive.Escalate)), "middle");
        var leaf = await ChildOfAsync(middle, Puppet.Props(events), "leaf");
        var sibling = await ChildOfAsync(middle, Puppet.Props(events), "sibling");
        leaf.Tell("count");
        await events.ExpectAsync(1);

        leaf.Tell(Boom());
        leaf.Tell("count");
        await events.ExpectAsync("resumed", 2);
        sibling.Tell("sibling lives");
        middle.Tell("middle lives");
        (await events.NextAsync()).Should().BeOneOf("sibling lives", "middle lives");
        (await events.NextAsync()).Should().BeOneOf("sibling lives", "middle lives");

        // The failure was cleared, so that the next one is reported again.
        leaf.Tell(Boom());
        leaf.Tell("count");
        await events.ExpectAsync("resumed", 3);
    }

    [Fact]
    public async Task A_decider_that_throws_fails_the_supervisor()
    {
        var events = NewProbe();
        var top = Sys.ActorOf(Puppet.Props(events, PuppetTraits.Supervising(_ => Directive.Stop)));
        var middle = await ChildOfAsync(
            top, Puppet.Props(events, PuppetTraits.Supervising(_ => throw Boom("decider"))), "middle");
        var leaf = await ChildOfAsync(middle, Puppet.Props(events), "leaf");
        await events.WatchAsync(middle);
        leaf.Tell(Boom());
        (await events.ExpectAsync<Terminated>()).ActorRef.Should().Be(middle);
    }

    [Fact]
    public async Task The_strategy_of_the_props_goes_before_the_actors_own()
    {
        var events = NewProbe();
        var parent = Sys.ActorOf(Puppet.Props(events, PuppetTraits.Supervising(_ => Directive.Stop))
            .WithSupervisorStrategy(new OneForOneStrategy(_ => Directive.Resume)));
        var child = await ChildOfAsync(parent, Puppet.Props(events));
        child.Tell(Boom());
        child.Tell("alive");
        await events.ExpectAsync("alive");
    }

    private async Task<(IActorRef Child, Probe Events)> SupervisedByAsync(Func<Exception, Directive> decider)
    {
        var events = NewProbe();
        var parent = Sys.ActorOf(Puppet.Props(events, PuppetTraits.Supervising(decider)));
        return (await ChildOfAsync(parent, Puppet.Props(events)), events);
    }
}
