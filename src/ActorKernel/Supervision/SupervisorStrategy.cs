using DklActors.ActorKernel.Dispatch;
using DklActors.ActorKernel.Event;

namespace DklActors.ActorKernel;

/// <summary>
/// Decides about failing children. A limit exceeded stops the child; it does not escalate.
/// </summary>
public abstract class SupervisorStrategy
{
    private readonly Func<Exception, Directive> _decider;

    private protected SupervisorStrategy(
        int? maxNrOfRetries, TimeSpan? withinTimeRange, Func<Exception, Directive>? decider)
    {
        // A negative number means no limit, as in Akka.NET.
        MaxNumberOfRetries = maxNrOfRetries is < 0 ? null : maxNrOfRetries;
        WithinTimeRange = withinTimeRange is { } window && window == Timeout.InfiniteTimeSpan ? null : withinTimeRange;
        _decider = decider ?? DefaultDecider.Decide;
    }

    /// <summary>One-for-one, no limit, default decider.</summary>
    public static SupervisorStrategy DefaultStrategy { get; } = new OneForOneStrategy(DefaultDecider.Decide);

    /// <summary>One-for-one, every failing child stops.</summary>
    public static SupervisorStrategy StoppingStrategy { get; } = new OneForOneStrategy(static _ => Directive.Stop);

    /// <summary>Null: without a limit.</summary>
    public int? MaxNumberOfRetries { get; }

    /// <summary>Null: the whole life of the child.</summary>
    public TimeSpan? WithinTimeRange { get; }

    /// <returns>False to escalate.</returns>
    internal bool HandleFailure(ActorCell supervisor, ChildRestartStats failed, Exception cause)
    {
        var directive = _decider(cause);
        var log = supervisor.Log(failed.Child);
        switch (directive)
        {
            case Directive.Resume:
                log.Warning(cause, "Resumed after a failure: {0}", cause.Message);
                failed.Child.SendSystem(new Resume(cause));
                return true;
            case Directive.Restart:
                log.Error(cause, "Failed: {0}", cause.Message);
                ProcessFailure(supervisor, restart: true, failed, cause);
                return true;
            case Directive.Stop:
                log.Error(cause, "Failed and stops: {0}", cause.Message);
                ProcessFailure(supervisor, restart: false, failed, cause);
                return true;
            default:
                return false;
        }
    }

    private protected abstract void ProcessFailure(
        ActorCell supervisor, bool restart, ChildRestartStats failed, Exception cause);

    private protected bool MayRestart(ActorCell supervisor, ChildRestartStats child) =>
        child.RequestRestartPermission(
            MaxNumberOfRetries, WithinTimeRange, supervisor.System.Settings.TimeProvider);

    /// <summary>Stop for what a restart cannot mend, restart for all else.</summary>
    private static class DefaultDecider
    {
        public static Directive Decide(Exception cause) => cause switch
        {
            ActorInitializationException or ActorKilledException or DeathPactException => Directive.Stop,
            _ => Directive.Restart,
        };
    }
}
