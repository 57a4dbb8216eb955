namespace DklActors.ActorKernel.TestKit.Actors;

/// <summary>Throws every exception that it is sent, and sends everything else back.</summary>
public sealed class FailingActor : UntypedActor
{
    public static Props Props { get; } = Recipe.Of(() => new FailingActor());

    protected override void OnReceive(object message)
    {
        if (message is Exception exception)
        {
            throw exception;
        }

        Sender.Tell(message, Self);
    }
}
