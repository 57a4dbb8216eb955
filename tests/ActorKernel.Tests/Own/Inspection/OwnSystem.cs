using DklActors.ActorKernel.Configuration;

namespace DklActors.ActorKernel.Tests.Own.Inspection;

/// <summary>A system of a name that no other test has, on a clock that only the test moves.</summary>
public abstract class OwnSystem : IAsyncLifetime
{
    private protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static int Systems;
    private readonly List<ManualResetEventSlim> _gates = [];

    protected OwnSystem()
    {
        Clock = new ManualTimeProvider();
        Sys = ActorSystem.Create($"own-{Interlocked.Increment(ref Systems)}", new ActorSystemSettings
        {
            TimeProvider = Clock,
            Throughput = 10_000,
            Mailboxes = new Dictionary<string, MailboxDefinition>
            {
                ["small"] = new(3, OverflowPolicy.DropNewest),
                ["large"] = new(1000, OverflowPolicy.DropNewest),
            },
        });
    }

    private protected ManualTimeProvider Clock { get; }

    private protected ActorSystem Sys { get; }

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync()
    {
        _gates.ForEach(gate => gate.Set());
        return Sys.Terminate().WaitAsync(Patience);
    }

    /// <summary>All messages before this are handled, and what they led to in the actor itself.</summary>
    private protected static Task DoneAsync(IActorRef actor) => actor.Ask<string>("done?").WaitAsync(Patience);

    /// <summary>Waits for what another thread is about to bring about.</summary>
    private protected static async Task UntilAsync(Func<bool> condition)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            TimeProvider.System.GetElapsedTime(start).Should().BeLessThan(Patience);
            await Task.Yield();
        }
    }

    private protected static async Task<IActorRef> ChildAsync(IActorRef parent, Props child, string? name)
    {
        var born = new TaskCompletionSource<IActorRef>();
        parent.Tell((Action<IActorContext>)(context => born.SetResult(context.ActorOf(child, name))));
        return await born.Task.WaitAsync(Patience);
    }

    /// <summary>Something to do that takes until <see cref="Gate.Open"/>.</summary>
    private protected Gate NewGate()
    {
        var gate = new Gate();
        _gates.Add(gate.Opened);
        return gate;
    }

    private protected sealed class Gate
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ManualResetEventSlim Opened { get; } = new();

        public void Pass()
        {
            _reached.TrySetResult();
            Opened.Wait(Patience);
        }

        public Task ReachedAsync() => _reached.Task.WaitAsync(Patience);

        public void Open() => Opened.Set();
    }
}
