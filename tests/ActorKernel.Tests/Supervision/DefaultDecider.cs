using DklActors.ActorKernel.Tests.Kit;

namespace DklActors.ActorKernel.Tests.Supervision;

public sealed class DefaultDecider : ActorTest
{
    [Fact]
    public async Task An_ordinary_exception_restarts()
    {
        var events = NewProbe();
        var actor = Sys.ActorOf(Puppet.Props(events));
        actor.Tell("count");
        actor.Tell(Boom());
        actor.Tell("count");
        await events.ExpectAsync(1, 1);
    }

    [Fact]
    public async Task Kill_stops()
    {
        var events = NewProbe();
        var actor = Sys.ActorOf(Puppet.Props(events));
        await events.WatchAsync(actor);
        actor.Tell(Kill.Instance);
        await events.ExpectAsync<Terminated>();
    }

    [Fact]
    public async Task A_constructor_that_throws_stops()
    {
        var events = NewProbe();
        var tries = 0;
        var actor = Sys.ActorOf(Puppet.Props(events, new PuppetTraits
        {
            OnConstruct = () =>
            {
                tries++;
                throw Boom();
            },
        }));
        await events.WatchAsync(actor);
        await events.ExpectAsync<Terminated>();
        tries.Should().Be(1);
    }

    [Fact]
    public async Task A_PreStart_that_throws_stops()
    {
        var events = NewProbe();
        var actor = Sys.ActorOf(Puppet.Props(events, new PuppetTraits { OnPreStart = _ => throw Boom() }));
        await events.WatchAsync(actor);
        await events.ExpectAsync<Terminated>();
    }

    [Fact]
    public async Task A_constructor_that_throws_reports_an_initialization_failure_that_holds_its_cause()
    {
        var events = NewProbe();
        var cause = Boom();
        var seen = new TaskCompletionSource<Exception>();
        var parent = Sys.ActorOf(Puppet.Props(events, PuppetTraits.Supervising(failure =>
        {
            seen.TrySetResult(failure);
            return Directive.Stop;
        })));
        await ChildOfAsync(parent, Puppet.Props(events, new PuppetTraits { OnConstruct = () => throw cause }));
        var failure = await seen.Task.WaitAsync(Patience);
        failure.Should().BeOfType<ActorInitializationException>();
        Causes(failure).Should().Contain(cause);
    }

    [Fact]
    public async Task A_construction_that_is_retried_keeps_the_mailbox()
    {
        var events = NewProbe();
        var tries = 0;
        var parent = Sys.ActorOf(Puppet.Props(events, PuppetTraits.Supervising(_ => Directive.Restart)));
        var child = await ChildOfAsync(parent, Puppet.Props(events, new PuppetTraits
        {
            OnConstruct = () =>
            {
                if (++tries < 3)
                {
                    throw Boom();
                }
            },
        }));
        child.Tell("at last");
        await events.ExpectAsync("at last");
        tries.Should().Be(3);
    }

    [Fact]
    public async Task A_PostRestart_that_throws_stops()
    {
        var events = NewProbe();
        var actor = Sys.ActorOf(Puppet.Props(events, new PuppetTraits { OnPostRestart = () => throw Boom() }));
        await events.WatchAsync(actor);
        actor.Tell(Boom());
        await events.ExpectAsync<Terminated>();
    }

    [Fact]
    public async Task A_PreRestart_that_throws_does_not_stop_the_restart()
    {
        var events = NewProbe();
        var actor = Sys.ActorOf(Puppet.Props(events, new PuppetTraits { OnPostStop = () => throw Boom() }));
        actor.Tell("count");
        actor.Tell(Boom());
        actor.Tell("count");
        await events.ExpectAsync(1, 1);
    }

    // Akka.NET wraps it further, as reflection threw it.
    private static IEnumerable<Exception> Causes(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            yield return cause;
        }
    }
}
