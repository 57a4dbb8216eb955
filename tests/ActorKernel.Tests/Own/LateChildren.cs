namespace DklActors.ActorKernel.Tests.Own;

/// <summary>Top-level actors come from any thread, also from one that does not know that the system ends.</summary>
public sealed class LateChildren
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task An_actor_that_comes_while_the_system_ends_is_refused_or_stopped()
    {
        for (var turn = 0; turn < 20; turn++)
        {
            var tally = new Tally();
            var system = ActorSystem.Create("ending");
            var spawning = Task.Run(() => SpawnUntilRefused(system, tally));
            await tally.Many.Task.WaitAsync(Patience);
            await system.Terminate().WaitAsync(Patience);
            await spawning.WaitAsync(Patience);
            tally.Stopped.Should().Be(tally.Spawned);
        }
    }

    private static void SpawnUntilRefused(ActorSystem system, Tally tally)
    {
        try
        {
            while (true)
            {
                system.ActorOf(Props.Create(() => new Counted(tally)));
                if (++tally.Spawned == 200)
                {
                    tally.Many.SetResult();
                }
            }
        }
        catch (InvalidOperationException)
        {
            // The system refuses it, which is the end of this.
        }
    }

    private sealed class Tally
    {
        public int Spawned;
        public int Stopped;

        public TaskCompletionSource Many { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Counted(Tally tally) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
        }

        protected override void PostStop() => Interlocked.Increment(ref tally.Stopped);
    }
}
