using DklActors.ActorKernel.TestKit.Kits;
using DklActors.ActorKernel.TestKit.Waiting;

namespace DklActors.ActorKernel.TestKit.Probes;

/// <summary>An actor whose messages the test takes, and on whose behalf the test can answer.</summary>
public sealed class TestProbe : MessageReceiver
{
    /// <summary>A probe without a kit, in a system that runs on threads; it waits in real time.</summary>
    public TestProbe(ActorSystem system, string? name = null, TestKitSettings? settings = null)
        : this(system, new Arrivals(new RealTime()), settings ?? TestKitSettings.Default, name)
    {
    }

    internal TestProbe(IActorRefFactory system, Arrivals arrivals, TestKitSettings settings, string? name)
    {
        Arrivals = arrivals;
        TestKitSettings = settings;
        Ref = system.ActorOf(Props.Create(() => new TestActor(arrivals)), name);
    }

    public override IActorRef Ref { get; }

    public override TestKitSettings TestKitSettings { get; }

    private protected override Arrivals Arrivals { get; }

    /// <summary>Sends with the probe as sender.</summary>
    public void Send(IActorRef actor, object message)
    {
        ArgumentNullException.ThrowIfNull(actor);
        actor.Tell(message, Ref);
    }

    /// <summary>Passes the message taken last on, under its sender.</summary>
    public void Forward(IActorRef actor) => Forward(actor, LastMessage);

    /// <summary>Sends another message under the sender of the one taken last.</summary>
    public void Forward(IActorRef actor, object message)
    {
        ArgumentNullException.ThrowIfNull(actor);
        actor.Tell(message, LastSender);
    }

    /// <summary>Answers the message taken last.</summary>
    public void Reply(object message) => LastSender.Tell(message, Ref);

    public override string ToString() => $"TestProbe({Ref.Path})";
}
