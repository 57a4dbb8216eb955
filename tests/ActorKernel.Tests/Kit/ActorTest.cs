using DklActors.ActorKernel.TestKit.Kits;

namespace DklActors.ActorKernel.Tests.Kit;

/// <summary>One actor system for one test, on a clock that only the test moves.</summary>
public abstract partial class ActorTest : TestKitBase
{
    private protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private protected ManualTimeProvider Clock { get; } = new();

    protected override TimeProvider TimeProvider => Clock;

    /// <summary>What this test needs of its system and the defaults do not give.</summary>
    private protected virtual Needs Needs => new();

    private protected Probe NewProbe(string? name = null) => new(CreateTestProbe(name));

    /// <summary>A child of a parent that has the traits.</summary>
    private protected static async Task<IActorRef> ChildOfAsync(IActorRef parent, Props child, string name = "child")
    {
        return await parent.Ask<IActorRef>(new Do(context => context.Sender.Tell(context.ActorOf(child, name))))
            .WaitAsync(Patience);
    }

    private protected static Exception Boom(string message = "boom") => new InvalidOperationException(message);
}
