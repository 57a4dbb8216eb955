using DklActors.ActorKernel.Configuration;

namespace DklActors.ActorKernel.Tests.Kit;

/// <summary>One actor system for one test, on a clock that only the test moves.</summary>
public abstract class ActorTest : IAsyncLifetime
{
    private protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly Lazy<ActorSystem> _system;

    protected ActorTest() => _system = new Lazy<ActorSystem>(() => ActorSystem.Create("test", Settings));

    private protected ManualTimeProvider Clock { get; } = new();

    protected ActorSystem Sys => _system.Value;

    protected virtual ActorSystemSettings Settings => new() { TimeProvider = Clock };

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => Sys.Terminate().WaitAsync(Patience);

    private protected Probe NewProbe(string? name = null) => new(Sys, name);

    /// <summary>A child of a parent that has the traits.</summary>
    private protected static async Task<IActorRef> ChildOfAsync(IActorRef parent, Props child, string name = "child")
    {
        return await parent.Ask<IActorRef>(new Do(context => context.Sender.Tell(context.ActorOf(child, name))))
            .WaitAsync(Patience);
    }

    private protected static Exception Boom(string message = "boom") => new InvalidOperationException(message);
}
