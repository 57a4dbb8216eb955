using System.Threading.Channels;

namespace DklActors.ActorKernel.Tests.Kit;

/// <summary>An actor that keeps what it receives, in order, for the test to take.</summary>
internal sealed class Probe
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Channel<Envelope> _received = Channel.CreateUnbounded<Envelope>();

    public Probe(IActorRefFactory system, string? name = null) =>
        Ref = system.ActorOf(Props.Create(() => new Recorder(_received.Writer)), name);

    public IActorRef Ref { get; }

    public IActorRef LastSender { get; private set; } = ActorRefs.Nobody;

    public async Task<object> NextAsync()
    {
        var envelope = await _received.Reader.ReadAsync().AsTask().WaitAsync(Patience);
        LastSender = envelope.Sender;
        return envelope.Message;
    }

    public async Task<T> ExpectAsync<T>() => (await NextAsync()).Should().BeAssignableTo<T>().Subject;

    public async Task ExpectAsync(params object[] messages)
    {
        foreach (var message in messages)
        {
            (await NextAsync()).Should().Be(message);
        }
    }

    /// <summary>Nothing arrived before this: a marker sent now is the next message.</summary>
    public async Task ExpectNothingBeforeMarkerAsync()
    {
        var marker = new object();
        Ref.Tell(marker);
        (await NextAsync()).Should().BeSameAs(marker);
    }

    public async Task WatchAsync(IActorRef subject)
    {
        Ref.Tell(new Do(context => context.Watch(subject)));
        await Ref.Ask<string>(new Do(context => context.Sender.Tell("watching"))).WaitAsync(Patience);
    }

    private sealed class Recorder : ReceiveActor
    {
        public Recorder(ChannelWriter<Envelope> received)
        {
            Receive<Do>(order => order.Act(Context));
            ReceiveAny(message => received.TryWrite(new Envelope(message, Sender)));
        }
    }
}

/// <summary>Runs in the context of the actor that receives it.</summary>
internal record Do(Action<IActorContext> Act);

/// <summary>The same, without disturbing the receive timeout.</summary>
internal sealed record Quiet(Action<IActorContext> Act) : Do(Act), INotInfluenceReceiveTimeout;
