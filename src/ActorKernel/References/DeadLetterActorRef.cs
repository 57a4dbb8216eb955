namespace DklActors.ActorKernel;

/// <summary>Where messages go that nobody takes: counted, and published on the event stream.</summary>
internal sealed class DeadLetterActorRef(ActorSystem system, ActorPath path) : InternalActorRef
{
    public override ActorPath Path { get; } = path;

    public override ActorSystem System => system;

    public override void Tell(object message, IActorRef? sender) =>
        Publish(Valid(message) as DeadLetter ?? LetterFor(message, sender ?? this, this));

    public override void SendSystem(SystemMessage message) => HandleForDead(message);

    public void Undelivered(in Envelope envelope, IActorRef recipient)
    {
        var message = envelope.Message is TimerTick tick ? tick.Message : envelope.Message;
        if (message is DeadLetter)
        {
            // Counted and forgotten: publishing it again would never end.
            KernelMetrics.Count(KernelMetrics.DeadLetters, recipient.Path);
        }
        else
        {
            Publish(LetterFor(message, envelope.Sender, recipient));
        }
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

        system.EventStream.Publish(letter);
    }
}
