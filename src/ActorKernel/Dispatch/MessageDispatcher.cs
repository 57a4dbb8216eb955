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

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
    }

    private sealed class ActionItem(Action action) : IThreadPoolWorkItem
    {
        public void Execute() => action();

        public override string ToString() => action.Method.Name;
    }
}
