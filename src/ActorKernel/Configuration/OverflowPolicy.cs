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
}
