using DklActors.ActorKernel.Tests.Kit;

namespace DklActors.ActorKernel.Tests.Supervision;

public sealed class RestartLimits : ActorTest
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task A_limit_exceeded_stops_the_child_and_does_not_escalate()
    {
        var (parent, child, events) = await LimitedAsync(2, null);
        await FailAndSurviveAsync(child, events, times: 2);

        child.Tell(Boom());

        await events.ExpectAsync<Terminated>();
        parent.Tell("count");
        parent.Tell("count");
        await events.ExpectAsync(1, 2);
    }

    [Fact]
    public async Task Zero_retries_means_stop_at_the_first_failure()
    {
        var (_, child, events) = await LimitedAsync(0, null);
        child.Tell(Boom());
        await events.ExpectAsync<Terminated>();
    }

    [Fact]
    public async Task A_negative_number_means_no_limit()
    {
        var (_, child, events) = await LimitedAsync(-1, null);
        await FailAndSurviveAsync(child, events, times: 50);
    }

    [Fact]
    public async Task Failures_within_the_window_are_counted_together()
    {
        var (_, child, events) = await LimitedAsync(2, Window);
        await FailAndSurviveAsync(child, events, times: 1);
        Clock.Advance(Window / 2);
        await FailAndSurviveAsync(child, events, times: 1);
        Clock.Advance(Window / 2);
        child.Tell(Boom());
        await events.ExpectAsync<Terminated>();
    }

    [Fact]
    public async Task A_window_without_a_number_allows_one_restart_in_it()
    {
        var (_, child, events) = await LimitedAsync(null, Window);
        await FailAndSurviveAsync(child, events, times: 1);
        child.Tell(Boom());
        await events.ExpectAsync<Terminated>();
    }

    private static async Task FailAndSurviveAsync(IActorRef child, Probe events, int times)
    {
        for (var i = 0; i < times; i++)
        {
            child.Tell(Boom());
            child.Tell("count");
            await events.ExpectAsync(1);
        }
    }

    private async Task<(IActorRef Parent, IActorRef Child, Probe Events)> LimitedAsync(int? retries, TimeSpan? window)
    {
        var events = NewProbe();
        var strategy = new OneForOneStrategy(
            maxNrOfRetries: retries, withinTimeRange: window, localOnlyDecider: _ => Directive.Restart);
        var parent = Sys.ActorOf(Puppet.Props(events, new PuppetTraits { Strategy = strategy }));
        var child = await ChildOfAsync(parent, Puppet.Props(events));
        await events.WatchAsync(child);
        return (parent, child, events);
    }
}
