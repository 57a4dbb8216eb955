namespace DklActors.ActorKernel.TestKit.Probes;

/// <summary>A message as a probe received it.</summary>
public readonly record struct MessageEnvelope(object Message, IActorRef Sender);
