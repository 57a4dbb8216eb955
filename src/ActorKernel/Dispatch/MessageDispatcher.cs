namespace DklActors.ActorKernel.Dispatch;

/// <summary>
/// Gives threads to actors. One mailbox is never scheduled twice at a time, so an actor runs on one thread at once
/// whatever the dispatcher does. A single-threaded dispatcher with a seeded order makes a system deterministic.
/// </summary>
public abstract class MessageDispatcher : IDisposable
{
    /// <summary>Runs the work soon, and not on the caller's stack. Must not throw.</summary>
    public abstract void Schedule(IThreadPoolWorkItem work);

    /// <summary>The same for what is not an actor: a reply that arrives, the end of a system.</summary>
    internal void Schedule(Action action) => Schedule(new ActionItem(action));

    /// <summary>
    /// Keeps a sender waiting, on its thread, for room in a full mailbox of this dispatcher (see
    /// <c>OverflowPolicy.Wait</c>); here by blocking it. A dispatcher whose one thread is the sender's overrides this:
    /// it runs other work until the room is set, or gives up at once.
    /// </summary>
    /// <param name="room">Set whenever a message leaves the mailbox, and when the actor has stopped.</param>
    /// <param name="deadline">Cancelled on the system's clock.</param>
    /// <returns>Whether to try again; false drops the message.</returns>
    public virtual bool AwaitRoom(ManualResetEventSlim room, CancellationToken deadline)
    {
        try
        {
            room.Wait(deadline);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Gives up its threads once what is scheduled has run.</summary>
    public virtual void Dispose() => GC.SuppressFinalize(this);

    private sealed class ActionItem(Action action) : IThreadPoolWorkItem
    {
        public void Execute() => action();

        public override string ToString() => action.Method.Name;
    }
}
