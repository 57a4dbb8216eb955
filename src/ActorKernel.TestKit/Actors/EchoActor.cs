namespace DklActors.ActorKernel.TestKit.Actors;

/// <summary>Sends every message back to its sender.</summary>
public sealed class EchoActor : UntypedActor
{
    public static Props Props { get; } = Recipe.Of(() => new EchoActor());

    protected override void OnReceive(object message) => Sender.Tell(message, Self);
}
