namespace DklActors.ActorKernel;

/// <summary>What every reference of this kernel can do beyond <see cref="IActorRef"/>.</summary>
internal abstract class InternalActorRef : IActorRef
{
    public abstract ActorPath Path { get; }

    /// <summary>Null only for <see cref="ActorRefs.Nobody"/>, which belongs to no system.</summary>
    public abstract ActorSystem? System { get; }

    public abstract void Tell(object message, IActorRef? sender);

    /// <summary>System messages go before user messages and are never dropped.</summary>
    public virtual void SendSystem(SystemMessage message) { }

    public override string ToString() => $"[{Path}#{Path.Uid}]";

    protected object Valid(object? message) =>
        message ?? throw new InvalidMessageException($"A null message was sent to {Path}. Send an object.");

    internal static InternalActorRef Of(ICanTell reference) =>
        reference as InternalActorRef ?? throw new ArgumentException(
            $"{reference?.GetType().FullName ?? "null"} is not a reference of this actor kernel. "
            + "Use one that ActorOf, Self, Sender or Context gave.", nameof(reference));
}
