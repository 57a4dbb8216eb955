namespace DklActors.Instruments.Virtual;

/// <summary>Waits that never end early.</summary>
internal static class VirtualClock
{
    /// <summary>Waits until at least <paramref name="duration"/> has passed.</summary>
    /// <remarks>Timers cut to whole milliseconds, so what is missing is waited for, rounded up.</remarks>
    public static async Task WaitAsync(this TimeProvider time, TimeSpan duration, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        long start = time.GetTimestamp();
        for (TimeSpan left = duration; left > TimeSpan.Zero; left = duration - time.GetElapsedTime(start))
        {
            TimeSpan wholeMilliseconds = TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds));
            await Task.Delay(wholeMilliseconds, time, cancellationToken).ConfigureAwait(false);
        }
    }
}
