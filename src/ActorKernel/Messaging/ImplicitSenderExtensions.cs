namespace DklActors.ActorKernel;

public static class ActorRefImplicitSenderExtensions
{
    /// <summary>Tells with the running actor as sender; outside an actor there is none.</summary>
    public static void Tell(this IActorRef receiver, object message) =>
        receiver.Tell(message, ActorCell.Current?.Self);

    /// <summary>Passes a message on under its first sender, so that the reply goes straight back.</summary>
    public static void Forward(this IActorRef receiver, object message) =>
        receiver.Tell(message, ActorCell.Current?.Sender);
}
