namespace DklActors.ActorKernel;

/// <summary>Above the guardian there is nobody to decide: what is escalated to here ends the system.</summary>
internal sealed class RootGuardianRef(ActorSystem system, ActorPath path) : InternalActorRef
{
    public override ActorPath Path { get; } = path;

    public override ActorSystem System => system;

    public override void Tell(object message, IActorRef? sender) =>
        system.DeadLetterRef.Undelivered(new Envelope(message, sender ?? system.DeadLetters), this);

    public override void SendSystem(SystemMessage message)
    {
        switch (message)
        {
            case Failed failed:
                const string Format = "A failure was escalated past the guardian; the system ends: {0}";
                system.Log.Error(failed.Cause, Format, failed.Cause.Message);
                failed.Child.SendSystem(new Terminate());
                break;
            case DeathWatchNotification:
                system.GuardianStopped();
                break;
        }
    }
}
