namespace DklActors.Host.Serving.Experiments;

/// <summary>Tells any number of waiters that something changed. Take <see cref="Next"/> before looking.</summary>
internal sealed class ChangeSignal
{
    private TaskCompletionSource _next = Make();

    /// <summary>Completes at the next change.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    public void Raise() => Interlocked.Exchange(ref _next, Make()).TrySetResult();

    private static TaskCompletionSource Make() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
