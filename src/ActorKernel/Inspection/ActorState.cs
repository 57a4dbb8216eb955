namespace DklActors.ActorKernel.Inspection;

/// <summary>What an actor is doing, as seen from outside.</summary>
public enum ActorState
{
    /// <summary>Not yet constructed, or in its constructor or PreStart.</summary>
    Starting,

    /// <summary>Handles messages, or would if there were any.</summary>
    Running,

    /// <summary>An async handler is between awaits; no other message is handled until it ends.</summary>
    Awaiting,

    /// <summary>It, or an actor above it, failed, and the supervisor has not decided or not acted yet.</summary>
    Suspended,

    /// <summary>A new incarnation is being made, or waits for children of the old one to stop.</summary>
    Restarting,

    /// <summary>Handles no more messages; it waits for its children to stop, or is in PostStop.</summary>
    Stopping,
}
