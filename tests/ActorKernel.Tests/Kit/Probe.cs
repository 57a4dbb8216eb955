using DklActors.ActorKernel.TestKit.Probes;

namespace DklActors.ActorKernel.Tests.Kit;

/// <summary>A probe whose tests wait for one message after the other.</summary>
internal sealed class Probe(TestProbe inner)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public Probe(ActorSystem system, string? name = null)
        : this(new TestProbe(system, name))
    {
    }

    public IActorRef Ref => inner.Ref;

    public IActorRef LastSender => inner.LastSender;

    public Task<object> NextAsync() => ExpectAsync<object>();

    public async Task<T> ExpectAsync<T>() => await inner.ExpectMsgAsync<T>(Patience);

    public async Task ExpectAsync(params object[] messages)
    {
        foreach (var message in messages)
        {
            await inner.ExpectMsgAsync(message, Patience);
        }
    }

    /// <summary>Nothing arrived before this: a marker sent now is the next message.</summary>
    public async Task ExpectNothingBeforeMarkerAsync()
    {
        var marker = new object();
        Ref.Tell(marker);
        (await NextAsync()).Should().BeSameAs(marker);
    }

    public Task WatchAsync(IActorRef subject) => inner.WatchAsync(subject);
}

/// <summary>Runs in the context of the actor that receives it.</summary>
internal record Do(Action<IActorContext> Act) : InActor(Act);

/// <summary>The same, without disturbing the receive timeout.</summary>
internal sealed record Quiet(Action<IActorContext> Act) : Do(Act), INotInfluenceReceiveTimeout;
