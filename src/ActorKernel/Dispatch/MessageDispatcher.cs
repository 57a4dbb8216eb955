namespace DklActors.ActorKernel.Dispatch;

/// <summary>
/// Gives threads to actors. One mailbox is never scheduled twice at a time, so an actor runs on one thread at once
/// whatever the dispatcher does. A single-threaded dispatcher with a seeded order makes a system deterministic.
/// </summary>
public abstract class MessageDispatcher : IDisposable
{
    /// <summary>Runs the work soon, and not on the caller's stack. Must not throw.</summary>
    public abstract void Schedule(IThreadPoolWorkItem work);

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
    }
}
