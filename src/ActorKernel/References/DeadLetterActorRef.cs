namespace DklActors.ActorKernel;

/// <summary>Where messages go that nobody takes: counted, and published on the event stream.</summary>
internal sealed class DeadLetterActorRef : InternalActorRef
{
    private readonly ActorSystem _system;

    public DeadLetterActorRef(ActorSystem system, ActorPath path)
    {
        _system = system;
        Path = path;
    }

    public override ActorPath Path { get; }

    public override ActorSystem System => _system;

    public override void Tell(object message, IActorRef? sender)
    {
        if (message is null)
        {
            throw new InvalidMessageException($"A null message was sent to {Path}. Send an object.");
        }

        Publish(message as DeadLetter ?? LetterFor(message, sender ?? this, this));
    }

    public override void SendSystem(SystemMessage message) => HandleForDead(message);

    public void Undelivered(in Envelope envelope, IActorRef recipient)
    {
        // A dead letter that cannot be delivered is counted and forgotten: publishing it again would never end.
        if (envelope.Message is DeadLetter)
        {
            KernelMetrics.Count(KernelMetrics.DeadLetters, recipient.Path);
            return;
        }

        var message = envelope.Message is TimerTick tick ? tick.Message : envelope.Message;
        Publish(LetterFor(message, envelope.Sender, recipient));
    }

    /// <summary>Answers for an actor that is gone: whoever watches it learns so at once.</summary>
    public static void HandleForDead(SystemMessage message)
    {
        if (message is Watch watch)
        {
            watch.Watcher.SendSystem(new DeathWatchNotification(watch.Watchee, ExistenceConfirmed: false));
        }
        else if (message is Continuation continuation)
        {
            continuation.RunOutsideActor();
        }
    }

    private static AllDeadLetters LetterFor(object message, IActorRef sender, IActorRef recipient) =>
        message is IDeadLetterSuppression expected
            ? new SuppressedDeadLetter(expected, sender, recipient)
            : new DeadLetter(message, sender, recipient);

    private void Publish(AllDeadLetters letter)
    {
        if (letter is DeadLetter)
        {
            KernelMetrics.Count(KernelMetrics.DeadLetters, letter.Recipient.Path);
        }

        _system.EventStream.Publish(letter);
    }
}
