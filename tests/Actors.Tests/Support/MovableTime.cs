namespace DklActors.Actors.Tests.Support;

/// <summary>
/// The system's clock, which a test can put forward: something took long, and nobody had to wait for it. Timers that
/// run are not moved.
/// </summary>
internal sealed class MovableTime : TimeProvider
{
    private long _ahead;

    public override long TimestampFrequency => System.TimestampFrequency;

    public override long GetTimestamp() => System.GetTimestamp() + Volatile.Read(ref _ahead);

    public void PutForward(TimeSpan by) =>
        Interlocked.Add(ref _ahead, (long)(by.TotalSeconds * System.TimestampFrequency));
}
