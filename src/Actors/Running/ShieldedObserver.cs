using DklActors.Actors.Experiments;
using DklActors.Journal.Storage;
using DklActors.Learning.Candidates;
using DklActors.Learning.Posteriors;

namespace DklActors.Actors.Running;

/// <summary>An observer whose faults are logged: who only watches cannot end an experiment.</summary>
internal sealed class ShieldedObserver(IExperimentObserver inner, ILoggingAdapter log) : IExperimentObserver
{
    public void OnRecovered(long events, ExperimentState state) =>
        Shield(() => inner.OnRecovered(events, state));

    public void OnPrepared(CandidateSet candidates) => Shield(() => inner.OnPrepared(candidates));

    public void OnEvent(StoredEvent stored, ExperimentState state) => Shield(() => inner.OnEvent(stored, state));

    public void OnBelief(Posterior posterior, int observations) =>
        Shield(() => inner.OnBelief(posterior, observations));

    private void Shield(Action tell)
    {
        try
        {
            tell();
        }
        catch (Exception exception)
        {
            log.Error(exception, "An observer failed and was told no more of this: {Reason}", exception.Message);
        }
    }
}
