namespace DklActors.ActorKernel;

/// <summary>What goes wrong in the kernel or between actors.</summary>
public abstract class AkkaException(string message, Exception? cause = null) : Exception(message, cause);

/// <summary>Constructor or PreStart failed. The default decider stops the actor.</summary>
public class ActorInitializationException(IActorRef? actor, string message, Exception? cause = null)
    : AkkaException(actor is null ? message : $"{actor.Path}: {message}", cause)
{
    public IActorRef? Actor { get; } = actor;
}

/// <summary>PreRestart failed; the restart goes on, and this is logged.</summary>
public sealed class PreRestartException(
    IActorRef actor, Exception restartException, Exception cause, object? optionalMessage)
    : ActorInitializationException(actor, "PreRestart failed during a restart", restartException)
{
    /// <summary>What the restart was for.</summary>
    public Exception OriginalCause { get; } = cause;

    public object? OptionalMessage { get; } = optionalMessage;
}

/// <summary>Constructor or PostRestart failed during a restart. The default decider stops the actor.</summary>
public sealed class PostRestartException(IActorRef actor, Exception cause, Exception originalCause)
    : ActorInitializationException(actor, "Constructor or PostRestart failed during a restart", cause)
{
    /// <summary>What the restart was for.</summary>
    public Exception OriginalCause { get; } = originalCause;
}

/// <summary>The actor received <see cref="Kill"/>. The default decider stops it.</summary>
public sealed class ActorKilledException(string message) : AkkaException(message);

/// <summary>A watched actor stopped and nobody handled <see cref="Terminated"/>. The default decider stops.</summary>
public sealed class DeathPactException(IActorRef deadActor)
    : AkkaException($"Monitored actor [{deadActor.Path}] terminated, and the message was not handled. "
        + "Receive Terminated, or do not watch.")
{
    public IActorRef DeadActor { get; } = deadActor;
}

public sealed class InvalidActorNameException(string message) : AkkaException(message);

public sealed class InvalidMessageException(string message) : AkkaException(message);

/// <summary>The actor did what its state does not allow, such as stashing one message twice.</summary>
public sealed class IllegalActorStateException(string message) : AkkaException(message);

public sealed class StashOverflowException(string message) : AkkaException(message);

public sealed class AskTimeoutException(string message) : AkkaException(message);

/// <summary>A mailbox or dispatcher is named that the settings do not define.</summary>
public sealed class ConfigurationException(string message) : AkkaException(message);
