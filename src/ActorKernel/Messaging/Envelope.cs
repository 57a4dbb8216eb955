namespace DklActors.ActorKernel;

/// <summary>A message on its way. A value, so that a Tell allocates nothing of its own.</summary>
public readonly record struct Envelope(object Message, IActorRef Sender);

/// <summary>
/// A message that no overflow policy drops: there is at most one per watched actor, timer key or request to stop,
/// so it cannot flood a mailbox, and losing it would leave the actor waiting for ever.
/// </summary>
internal interface IUndroppable;
