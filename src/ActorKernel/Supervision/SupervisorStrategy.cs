namespace DklActors.ActorKernel;

/// <summary>
/// Decides about failing children. A limit exceeded stops the child; it does not escalate.
/// </summary>
public abstract class SupervisorStrategy(
    int? maxNrOfRetries, TimeSpan? withinTimeRange, Func<Exception, Directive> decide)
{
    /// <summary>Stop for what a restart cannot mend, restart for all else.</summary>
    public static IDecider DefaultDecider { get; } = new LocalOnlyDecider(static cause =>
        cause is ActorInitializationException or ActorKilledException or DeathPactException
            ? Directive.Stop
            : Directive.Restart);

    /// <summary>One-for-one, no limit, default decider.</summary>
    public static SupervisorStrategy DefaultStrategy { get; } = new OneForOneStrategy(DefaultDecider.Decide);

    /// <summary>One-for-one, every failing child stops.</summary>
    public static OneForOneStrategy StoppingStrategy { get; } = new(static _ => Directive.Stop);

    /// <summary>Negative: without a limit.</summary>
    public int MaxNumberOfRetries { get; } = maxNrOfRetries ?? -1;

    /// <summary>In ms; not positive: the whole life of the child.</summary>
    public int WithinTimeRangeMilliseconds { get; } =
        (int)(withinTimeRange ?? Timeout.InfiniteTimeSpan).TotalMilliseconds;

    public IDecider Decider { get; } = new LocalOnlyDecider(decide);

    /// <returns>False to escalate.</returns>
    internal bool HandleFailure(ActorCell supervisor, ChildRestartStats failed, Exception cause)
    {
        var directive = Decider.Decide(cause);
        var log = supervisor.Log(failed.Child);
        switch (directive)
        {
            case Directive.Resume:
                log.Warning(cause, "Resumed after a failure: {0}", cause.Message);
                failed.Child.SendSystem(new Resume(cause));
                return true;
            case Directive.Restart or Directive.Stop:
                var restart = directive == Directive.Restart;
                log.Error(cause, restart ? "Failed: {0}" : "Failed and stops: {0}", cause.Message);
                ProcessFailure(supervisor, restart, failed, cause);
                return true;
            default:
                return false;
        }
    }

    private protected abstract void ProcessFailure(
        ActorCell supervisor, bool restart, ChildRestartStats failed, Exception cause);

    private protected bool MayRestart(ActorCell supervisor, ChildRestartStats child) =>
        child.RequestRestartPermission(
            MaxNumberOfRetries,
            TimeSpan.FromMilliseconds(WithinTimeRangeMilliseconds),
            supervisor.System.Settings.TimeProvider);
}
