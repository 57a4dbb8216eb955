using DklActors.ActorKernel.Dispatch;

namespace DklActors.ActorKernel.TestKit.Waiting;

/// <summary>Another dispatcher, whose turns are counted.</summary>
internal sealed class CountingDispatcher(MessageDispatcher inner, Activity activity) : MessageDispatcher
{
    public override void Schedule(IThreadPoolWorkItem work) => inner.Schedule(new CountedTurn(work, activity));

    public override bool AwaitRoom(ManualResetEventSlim room, CancellationToken deadline) =>
        inner.AwaitRoom(room, deadline);

    public override void Dispose()
    {
        inner.Dispose();
        base.Dispose();
    }
}
