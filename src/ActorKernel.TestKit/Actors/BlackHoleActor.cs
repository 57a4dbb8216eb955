namespace DklActors.ActorKernel.TestKit.Actors;

/// <summary>Takes every message and does nothing with it.</summary>
public sealed class BlackHoleActor : UntypedActor
{
    public static Props Props { get; } = Recipe.Of(() => new BlackHoleActor());

    protected override void OnReceive(object message)
    {
    }
}
