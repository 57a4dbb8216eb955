namespace DklActors.ActorKernel;

/// <summary>All children are restarted or stopped when one fails: they share state that must be consistent.</summary>
/// <param name="maxNrOfRetries">Restarts allowed within the time range; null or negative: no limit.</param>
/// <param name="withinTimeRange">Null: the limit is for the whole life of the children.</param>
public sealed class AllForOneStrategy(
    int? maxNrOfRetries, TimeSpan? withinTimeRange, Func<Exception, Directive> localOnlyDecider)
    : SupervisorStrategy(maxNrOfRetries, withinTimeRange, localOnlyDecider)
{
    public AllForOneStrategy(Func<Exception, Directive> localOnlyDecider)
        : this(null, null, localOnlyDecider) { }

    private protected override void ProcessFailure(
        ActorCell supervisor, bool restart, ChildRestartStats failed, Exception cause)
    {
        var children = supervisor.ChildStats;

        // Every child is asked, so that all counts go up together.
        if (restart && children.Count(child => MayRestart(supervisor, child)) == children.Length)
        {
            foreach (var child in children)
            {
                // The failed one has suspended itself; Recreate resumes each exactly once.
                if (child != failed)
                {
                    child.Child.SendSystem(new Suspend());
                }

                child.Child.SendSystem(new Recreate(cause));
            }
        }
        else
        {
            Array.ForEach(children, child => supervisor.Stop(child.Child));
        }
    }
}
