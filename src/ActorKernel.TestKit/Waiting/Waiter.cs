namespace DklActors.ActorKernel.TestKit.Waiting;

/// <summary>
/// How a test waits, and whose time it measures. Every wait of the kit goes through here, so that a test reads the
/// same on threads and under the deterministic scheduler.
/// </summary>
internal abstract class Waiter
{
    /// <summary>Time since some fixed moment, on the clock that the test measures by.</summary>
    public abstract TimeSpan Now { get; }

    /// <summary>Waits until the condition holds, for at most this time.</summary>
    /// <param name="blocking">The returned task is complete when it is returned.</param>
    /// <returns>Whether the condition came true.</returns>
    public abstract ValueTask<bool> UntilAsync(
        Func<bool> condition, TimeSpan max, bool blocking, CancellationToken cancellationToken);

    /// <summary>Lets time pass, unless the condition comes true.</summary>
    /// <returns>Whether the condition came true.</returns>
    public abstract ValueTask<bool> PassAsync(
        TimeSpan duration, Func<bool> condition, bool blocking, CancellationToken cancellationToken);

    /// <summary>Something happened that a condition may depend on. Called on any thread.</summary>
    public virtual void Pulse()
    {
    }
}
