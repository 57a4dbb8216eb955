namespace DklActors.ActorKernel.TestKit.Actors;

/// <summary>Passes every message on under its sender.</summary>
public sealed class ForwardActor : UntypedActor
{
    private readonly IActorRef _target;

    public ForwardActor(IActorRef target) => _target = target;

    public static Props Props(IActorRef target) => Recipe.Of(() => new ForwardActor(target));

    protected override void OnReceive(object message) => _target.Forward(message);
}
