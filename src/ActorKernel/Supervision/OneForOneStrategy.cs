namespace DklActors.ActorKernel;

/// <summary>Only the child that failed is restarted or stopped.</summary>
/// <param name="maxNrOfRetries">Restarts allowed within the time range; null or negative: no limit.</param>
/// <param name="withinTimeRange">Null: the limit is for the whole life of the child.</param>
public sealed class OneForOneStrategy(
    int? maxNrOfRetries, TimeSpan? withinTimeRange, Func<Exception, Directive> localOnlyDecider)
    : SupervisorStrategy(maxNrOfRetries, withinTimeRange, localOnlyDecider)
{
    public OneForOneStrategy(Func<Exception, Directive> localOnlyDecider)
        : this(null, null, localOnlyDecider) { }

    public OneForOneStrategy WithMaxNrOfRetries(int maxNrOfRetries) =>
        new(maxNrOfRetries, TimeSpan.FromMilliseconds(WithinTimeRangeMilliseconds), Decider.Decide);

    private protected override void ProcessFailure(
        ActorCell supervisor, bool restart, ChildRestartStats failed, Exception cause)
    {
        if (restart && MayRestart(supervisor, failed))
        {
            failed.Child.SendSystem(new Recreate(cause));
        }
        else
        {
            supervisor.Stop(failed.Child);
        }
    }
}
