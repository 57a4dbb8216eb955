namespace DklActors.Simulation.Worlds;

/// <summary>Waiting in virtual time.</summary>
internal static class Pause
{
    /// <remarks>Not Task.Delay: what waits for one goes on in the thread pool when it is cancelled.</remarks>
    public static async Task For(
        this TimeProvider time, TimeSpan duration, CancellationToken cancellationToken = default)
    {
        var over = new TaskCompletionSource();
        await using ITimer timer = time.CreateTimer(
            _ => over.TrySetResult(), null, duration, Timeout.InfiniteTimeSpan);
        await using CancellationTokenRegistration cancellation = cancellationToken.UnsafeRegister(
            (_, token) => over.TrySetCanceled(token), null);
        await over.Task.ConfigureAwait(false);
    }

    /// <summary>A driver that never answers and does not hear that it should give up.</summary>
    public static Task Forever() => new TaskCompletionSource().Task;
}
