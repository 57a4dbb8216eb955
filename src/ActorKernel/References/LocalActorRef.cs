namespace DklActors.ActorKernel;

internal class LocalActorRef(ActorCell cell, ActorPath path) : InternalActorRef
{
    public sealed override ActorPath Path { get; } = path;

    public sealed override ActorSystem System => Cell.System;

    public ActorCell Cell { get; } = cell;

    public override void Tell(object message, IActorRef? sender) =>
        Cell.Mailbox.Enqueue(new Envelope(Valid(message), sender ?? Cell.System.DeadLetters));

    public sealed override void SendSystem(SystemMessage message) => Cell.Mailbox.EnqueueSystem(message);

    /// <summary>Starts the life of the actor, once its parent knows it.</summary>
    public virtual void Start() => SendSystem(new Create());
}
