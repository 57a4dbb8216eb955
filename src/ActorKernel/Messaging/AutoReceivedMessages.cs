namespace DklActors.ActorKernel;

/// <summary>Stops the receiver once the messages before it are handled.</summary>
public sealed class PoisonPill : IUndroppable, IDeadLetterSuppression
{
    public static PoisonPill Instance { get; } = new();

    public override string ToString() => "<PoisonPill>";
}

/// <summary>Fails the receiver with <see cref="ActorKilledException"/>, so that its supervisor decides.</summary>
public sealed class Kill : IUndroppable
{
    public static Kill Instance { get; } = new();

    public override string ToString() => "<Kill>";
}

/// <summary>Arrives when no message came for the time that SetReceiveTimeout named.</summary>
public sealed class ReceiveTimeout : IUndroppable
{
    public static ReceiveTimeout Instance { get; } = new();
}

/// <summary>A message that leaves the receive timeout running.</summary>
public interface INotInfluenceReceiveTimeout;

/// <summary>A watched actor has stopped. Not to handle it is a <see cref="DeathPactException"/>.</summary>
public sealed class Terminated(IActorRef actorRef, bool existenceConfirmed, bool addressTerminated)
    : IUndroppable, IDeadLetterSuppression
{
    public IActorRef ActorRef { get; } = actorRef;

    public bool ExistenceConfirmed { get; } = existenceConfirmed;

    public bool AddressTerminated { get; } = addressTerminated;

    public override string ToString() => $"<Terminated>: {ActorRef}";
}
