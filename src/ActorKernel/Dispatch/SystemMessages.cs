namespace DklActors.ActorKernel.Dispatch;

/// <summary>What the kernel says to itself. Handled before user messages, never dropped.</summary>
internal abstract record SystemMessage;

internal sealed record Create : SystemMessage;

internal sealed record Suspend : SystemMessage;

/// <param name="CausedByFailure">Not null only for the actor whose own failure ends with this.</param>
internal sealed record Resume(Exception? CausedByFailure) : SystemMessage;

internal sealed record Recreate(Exception Cause) : SystemMessage;

internal sealed record Terminate : SystemMessage;

internal sealed record Watch(InternalActorRef Watchee, InternalActorRef Watcher) : SystemMessage;

internal sealed record Unwatch(InternalActorRef Watchee, InternalActorRef Watcher) : SystemMessage;

internal sealed record Failed(LocalActorRef Child, Exception Cause) : SystemMessage;

internal sealed record DeathWatchNotification(IActorRef Actor, bool ExistenceConfirmed) : SystemMessage;

/// <summary>Something to do on the actor's thread; what it throws fails the actor.</summary>
internal sealed record InTurn(Action Act) : SystemMessage;

/// <summary>The rest of an async handler, after an await.</summary>
internal sealed record Continuation(ActorOperation Operation, SendOrPostCallback Callback, object? State)
    : SystemMessage
{
    /// <summary>The actor is gone, but the handler's clean-up must still run.</summary>
    public void RunOutsideActor() => Operation.Dispatcher.Schedule(() => Callback(State));
}
