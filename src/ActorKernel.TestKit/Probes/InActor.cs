namespace DklActors.ActorKernel.TestKit.Probes;

/// <summary>A message that the kit's own actors do not keep but run, in the context of the actor.</summary>
public record InActor(Action<IActorContext> Act);
