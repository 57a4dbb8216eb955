namespace DklActors.ActorKernel;

/// <summary>Something that takes messages.</summary>
public interface ICanTell
{
    /// <summary>Sends without waiting. Delivery is at most once, in order per sender and receiver.</summary>
    /// <param name="message">Must not be null.</param>
    /// <param name="sender">Who gets the replies; <c>null</c> sends them to the dead letters.</param>
    /// <exception cref="InvalidMessageException">The message is null.</exception>
    void Tell(object message, IActorRef? sender);
}

/// <summary>
/// A handle on one incarnation of an actor. It stays valid over restarts; after the actor stopped, messages
/// sent to it become <see cref="Event.DeadLetter"/>s, even when a new actor took the name.
/// </summary>
public interface IActorRef : ICanTell
{
    ActorPath Path { get; }
}
