using DklActors.ActorKernel.Tests.Kit;

namespace DklActors.ActorKernel.Tests.Own;

/// <summary>The jitter of Akka.NET is of the thread, and so no run is like another.</summary>
public sealed class BackoffJitter : ActorTest
{
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);

    [Fact]
    public async Task One_seed_gives_one_sequence_of_waits_and_another_seed_another()
    {
        var waits = await WaitsAsync(seed: 1);
        (await WaitsAsync(seed: 1)).Should().Equal(waits);
        (await WaitsAsync(seed: 2)).Should().NotEqual(waits);
        waits.Should().OnlyContain(wait => wait >= Least && wait <= Least * 1.5).And.OnlyHaveUniqueItems();
    }

    private async Task<List<TimeSpan>> WaitsAsync(int seed)
    {
        var system = ActorSystem.Create("jitter", Settings with { RandomSeed = seed });
        var events = new Probe(system);
        var child = Puppet.Props(events, new PuppetTraits { Reports = true });
        var supervisor = system.ActorOf(
            BackoffSupervisor.Props(Backoff.OnStop(child, "child", Least, Least, 0.5, -1).WithManualReset()));
        await events.ExpectAsync("child constructed", "child PreStart");
        var waits = new List<TimeSpan>();
        for (var i = 0; i < 4; i++)
        {
            supervisor.Tell(new Do(context => context.Stop(context.Self)));
            await events.ExpectAsync("child PostStop");
            while (await HasChildAsync(supervisor))
            {
                await Task.Yield();
            }

            var waited = TimeSpan.Zero;
            for (; !await HasChildAsync(supervisor); waited += Step)
            {
                Clock.Advance(Step);
            }

            waits.Add(waited);
            await events.ExpectAsync("child constructed", "child PreStart");
        }

        await system.Terminate().WaitAsync(Patience);
        return waits;
    }

    private static async Task<bool> HasChildAsync(IActorRef supervisor) => (await supervisor
        .Ask<BackoffSupervisor.CurrentChild>(BackoffSupervisor.GetCurrentChild.Instance).WaitAsync(Patience)).Ref
        is not null;
}
