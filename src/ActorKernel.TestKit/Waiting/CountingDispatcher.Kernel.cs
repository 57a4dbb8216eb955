using DklActors.ActorKernel.Dispatch;

namespace DklActors.ActorKernel.TestKit.Waiting;

/// <summary>Another dispatcher, whose turns are counted.</summary>
internal sealed class CountingDispatcher(MessageDispatcher inner, Activity activity) : MessageDispatcher
{
    public override void Schedule(IThreadPoolWorkItem work) => inner.Schedule(new CountedTurn(work, activity));

    public override bool AwaitRoom(ManualResetEventSlim room, CancellationToken deadline) =>
        inner.AwaitRoom(room, deadline);

    protected override void Dispose(bool disposing)
    {
        inner.Dispose();
        base.Dispose(disposing);
    }
}
