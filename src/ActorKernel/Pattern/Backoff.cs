namespace DklActors.ActorKernel.Pattern;

/// <summary>When a <see cref="BackoffSupervisor"/> waits before it starts its child again. The random factor, 0 to 1,
/// is how much longer, at most, than the backoff it waits; a negative number of retries is no limit.</summary>
public static class Backoff
{
    /// <summary>After a failure for which the strategy says restart. When the child stops otherwise, the supervisor
    /// stops too.</summary>
    public static BackoffOptions OnFailure(
        Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor,
        int maxNrOfRetries) =>
        new BackoffOptions(new(false, childProps, childName, minBackoff, maxBackoff, randomFactor))
            .WithMaxNrOfRetries(maxNrOfRetries);

    /// <summary>Whenever the child stops, for whatever reason. What the strategy restarts does not stop.</summary>
    public static BackoffOptions OnStop(
        Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor,
        int maxNrOfRetries) =>
        new BackoffOptions(new(true, childProps, childName, minBackoff, maxBackoff, randomFactor))
            .WithMaxNrOfRetries(maxNrOfRetries);
}
