namespace DklActors.ActorKernel;

public static class ActorRefs
{
    /// <summary>No actor: it takes every message and does nothing with it.</summary>
    public static readonly IActorRef Nobody = new NobodyRef();

    /// <summary>As a sender: replies go to the dead letters.</summary>
    public static readonly IActorRef? NoSender;

    private sealed class NobodyRef : InternalActorRef
    {
        public override ActorPath Path { get; } = ActorPath.ForRoot("all-systems") / "Nobody";

        public override ActorSystem? System => null;

        public override void Tell(object message, IActorRef? sender) { }
    }
}
