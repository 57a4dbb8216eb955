namespace DklActors.ActorKernel.TestKit.Waiting;

/// <summary>Wakes whoever waits for something to happen, blocked threads and awaiting tasks alike.</summary>
internal sealed class Beat
{
    private readonly object _gate = new();
    private TaskCompletionSource? _next;
    private long _count;

    public long Count => Volatile.Read(ref _count);

    public void Pulse()
    {
        TaskCompletionSource? waiting;
        lock (_gate)
        {
            _count++;
            waiting = _next;
            _next = null;
            Monitor.PulseAll(_gate);
        }

        waiting?.TrySetResult();
    }

    /// <summary>Waits for a beat after the one that was seen, for at most this real time.</summary>
    public async ValueTask NextAsync(long seen, TimeSpan max, bool blocking, CancellationToken cancellationToken)
    {
        Task next;
        lock (_gate)
        {
            if (_count != seen)
            {
                return;
            }

            if (blocking)
            {
                Monitor.Wait(_gate, max);
                return;
            }

            _next ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            next = _next.Task;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(next, Task.Delay(max, TimeProvider.System, limit.Token)).ConfigureAwait(false);
        await limit.CancelAsync().ConfigureAwait(false);
    }
}
