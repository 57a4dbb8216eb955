using DklActors.ActorKernel.Tests.Kit;

namespace DklActors.ActorKernel.Tests.Own;

/// <summary>On Akka.NET a window is measured by the clock of the machine, which no test moves.</summary>
public sealed class RestartWindows : ActorTest
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task After_the_window_the_count_begins_again_at_one()
    {
        var (child, events) = await ChildAsync(2, Window);
        await FailAndSurviveAsync(child, events, times: 2);
        Clock.Advance(Window + TimeSpan.FromTicks(1));
        await FailAndSurviveAsync(child, events, times: 2);
        child.Tell(Boom());
        await events.ExpectAsync<Terminated>();
    }

    [Fact]
    public async Task A_jump_of_the_wall_clock_does_not_open_a_new_window()
    {
        var (child, events) = await ChildAsync(1, Window);
        await FailAndSurviveAsync(child, events, times: 1);
        Clock.JumpWallClock(TimeSpan.FromDays(1));
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

    private async Task<(IActorRef Child, Probe Events)> ChildAsync(int? retries, TimeSpan? window)
    {
        var events = NewProbe();
        var strategy = new OneForOneStrategy(
            maxNrOfRetries: retries, withinTimeRange: window, localOnlyDecider: _ => Directive.Restart);
        var parent = Sys.ActorOf(Puppet.Props(events, new PuppetTraits { Strategy = strategy }));
        var child = await ChildOfAsync(parent, Puppet.Props(events));
        await events.WatchAsync(child);
        return (child, events);
    }
}
