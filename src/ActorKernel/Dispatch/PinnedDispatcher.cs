using System.Threading.Channels;

namespace DklActors.ActorKernel.Dispatch;

/// <summary>One thread of its own for one actor, which the thread pool cannot starve.</summary>
public sealed class PinnedDispatcher : MessageDispatcher
{
    private readonly Channel<IThreadPoolWorkItem> _work =
        Channel.CreateUnbounded<IThreadPoolWorkItem>(new UnboundedChannelOptions { SingleReader = true });

    // Never disposed of: a late Schedule may still release it, and without its wait handle it holds nothing.
    private readonly SemaphoreSlim _arrived = new(0);

    public PinnedDispatcher(string threadName, ThreadPriority priority = ThreadPriority.Normal)
    {
        var thread = new Thread(Run) { Name = threadName, IsBackground = true, Priority = priority };
        thread.Start();
    }

    public override void Schedule(IThreadPoolWorkItem work)
    {
        if (_work.Writer.TryWrite(work))
        {
            _arrived.Release();
        }
        else
        {
            // Its thread has ended; what comes late, such as the reply to a question, must still run.
            ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: false);
        }
    }

    /// <summary>Ends the thread after the work that is already scheduled.</summary>
    protected override void Dispose(bool disposing)
    {
        if (_work.Writer.TryComplete())
        {
            _arrived.Release();
        }

        base.Dispose(disposing);
    }

    private void Run()
    {
        // Blocking is right here: the thread belongs to this dispatcher alone.
        while (true)
        {
            _arrived.Wait();
            if (!_work.Reader.TryRead(out var work))
            {
                break;
            }

            work.Execute();
        }
    }
}
