using System.Collections.Concurrent;

namespace DklActors.ActorKernel.Dispatch;

/// <summary>One thread of its own for one actor, which the thread pool cannot starve.</summary>
public sealed class PinnedDispatcher : MessageDispatcher
{
    // Never disposed of: a late Schedule may still meet it, and without its wait handle it holds nothing.
    private readonly BlockingCollection<IThreadPoolWorkItem> _work = [];

    public PinnedDispatcher(string threadName, ThreadPriority priority = ThreadPriority.Normal) =>
        new Thread(Run) { Name = threadName, IsBackground = true, Priority = priority }.Start();

    public override void Schedule(IThreadPoolWorkItem work)
    {
        try
        {
            _work.Add(work);
        }
        catch (InvalidOperationException)
        {
            // Its thread has ended; what comes late, such as the reply to a question, must still run.
            ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: false);
        }
    }

    /// <summary>Ends the thread after the work that is already scheduled.</summary>
    public override void Dispose()
    {
        _work.CompleteAdding();
        base.Dispose();
    }

    private void Run()
    {
        // Blocking is right here: the thread belongs to this dispatcher alone.
        foreach (var work in _work.GetConsumingEnumerable())
        {
            work.Execute();
        }
    }
}
