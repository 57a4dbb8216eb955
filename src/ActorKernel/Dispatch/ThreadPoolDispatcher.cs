namespace DklActors.ActorKernel.Dispatch;

/// <summary>Runs actors on the thread pool; an idle actor holds no thread.</summary>
public sealed class ThreadPoolDispatcher : MessageDispatcher
{
    public override void Schedule(IThreadPoolWorkItem work) =>
        ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: false);
}
