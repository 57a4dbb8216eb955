using DklActors.ActorKernel.Dispatch;

namespace DklActors.ActorKernel;

internal sealed class LocalActorRef : InternalActorRef
{
    private readonly ActorCell _cell;

    public LocalActorRef(ActorCell cell, ActorPath path)
    {
        _cell = cell;
        Path = path;
    }

    public override ActorPath Path { get; }

    public override ActorSystem System => _cell.System;

    public override void Tell(object message, IActorRef? sender)
    {
        if (message is null)
        {
            throw new InvalidMessageException($"A null message was sent to {Path}. Send an object.");
        }

        _cell.Mailbox.Enqueue(new Envelope(message, sender ?? _cell.System.DeadLetters));
    }

    public override void SendSystem(SystemMessage message) => _cell.Mailbox.EnqueueSystem(message);

    /// <summary>Starts the life of the actor, once its parent knows it.</summary>
    internal void Start() => SendSystem(Create.Instance);
}
