namespace DklActors.ActorKernel.Configuration;

/// <summary>
/// What a full mailbox does. Whatever is dropped is counted and becomes a dead letter. The kernel's own messages
/// (Terminated, PoisonPill, Kill, a single timer's tick) are never dropped.
/// </summary>
public enum OverflowPolicy
{
    /// <summary>Refuse the message that arrives.</summary>
    DropNewest,

    /// <summary>Make room by dropping the message that waited longest.</summary>
    DropOldest,

    /// <summary>Keep one message only, the latest.</summary>
    LatestOnly,

    /// <summary>Refuse the message and fail the actor with <see cref="MailboxOverflowException"/>, so that its
    /// supervisor acts: for actors that must not miss a message.</summary>
    Fail,

    /// <summary>
    /// Hold the sender up until there is room, and refuse the message at <see cref="MailboxDefinition.WaitLimit"/>:
    /// for senders that must be slowed down. It holds the sender's thread. Two actors that wait for each other wait
    /// until the limit. An actor never waits for itself: what it tells itself is refused at once, and so are log
    /// events, dead letters and periodic ticks.
    /// </summary>
    Wait,
}
