namespace DklActors.ActorKernel;

public interface IActorRefFactory
{
    /// <summary>Starts an actor; it is constructed on its own thread, so that a failure goes to supervision.</summary>
    /// <param name="name">Unique among siblings; null lets the system choose ($a, $b, …).</param>
    /// <exception cref="InvalidActorNameException">The name is malformed or taken.</exception>
    /// <exception cref="InvalidOperationException">The parent is terminating.</exception>
    /// <exception cref="ConfigurationException">The mailbox or the dispatcher is not in the settings.</exception>
    IActorRef ActorOf(Props props, string? name = null);
}

public interface ICanWatch
{
    /// <summary>Asks for <see cref="Terminated"/> when the subject stops, also if it has stopped already.</summary>
    IActorRef Watch(IActorRef subject);

    /// <summary>Asks for this message in place of <see cref="Terminated"/>. What is watched already stays watched
    /// as it is; Unwatch it first to ask for another message.</summary>
    IActorRef WatchWith(IActorRef subject, object message);

    /// <summary>After this no Terminated arrives, not even one that is in the mailbox already.</summary>
    IActorRef Unwatch(IActorRef subject);
}

/// <summary>What an actor sees of its surroundings. Valid only inside the actor.</summary>
public interface IActorContext : IActorRefFactory, ICanWatch
{
    IActorRef Self { get; }

    Props Props { get; }

    /// <summary>Who sent the current message; the dead letters if nobody did.</summary>
    IActorRef Sender { get; }

    ActorSystem System { get; }

    IActorRef Parent { get; }

    TimeSpan? ReceiveTimeout { get; }

    /// <summary>The child of this name, or <see cref="ActorRefs.Nobody"/>.</summary>
    IActorRef Child(string name);

    IEnumerable<IActorRef> GetChildren();

    void Become(Receive receive);

    void BecomeStacked(Receive receive);

    void UnbecomeStacked();

    /// <summary>Sends <see cref="ActorKernel.ReceiveTimeout"/> whenever no message came for this time.</summary>
    void SetReceiveTimeout(TimeSpan? timeout);

    /// <summary>Stops the actor after its current message. What is in its mailbox becomes dead letters.</summary>
    void Stop(IActorRef child);
}

public interface IUntypedActorContext : IActorContext
{
    void Become(UntypedReceive receive);

    void BecomeStacked(UntypedReceive receive);
}

/// <summary>A behaviour: whether it handled the message.</summary>
public delegate bool Receive(object message);

public delegate void UntypedReceive(object message);

public static class ActorRefFactoryExtensions
{
    public static IActorRef ActorOf<TActor>(this IActorRefFactory factory, string? name = null)
        where TActor : ActorBase, new() => factory.ActorOf(Props.Create<TActor>(), name);
}
