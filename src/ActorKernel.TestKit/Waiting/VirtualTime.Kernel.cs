using DklActors.ActorKernel.TestKit.Deterministic;

namespace DklActors.ActorKernel.TestKit.Waiting;

/// <summary>Actors run while the test waits, on its thread, and time is what the scheduler makes of it.</summary>
internal sealed class VirtualTime(DeterministicScheduler scheduler) : Waiter
{
    public override TimeSpan Now => scheduler.Time.Elapsed;

    public override ValueTask<bool> UntilAsync(
        Func<bool> condition, TimeSpan max, bool blocking, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(scheduler.RunUntil(condition, max));
    }

    public override ValueTask<bool> PassAsync(
        TimeSpan duration, Func<bool> condition, bool blocking, CancellationToken cancellationToken) =>
        UntilAsync(condition, duration, blocking, cancellationToken);
}
