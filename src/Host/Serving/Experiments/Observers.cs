using DklActors.Actors.Experiments;
using DklActors.Actors.Running;
using DklActors.Journal.Storage;
using DklActors.Learning.Candidates;
using DklActors.Learning.Posteriors;

namespace DklActors.Host.Serving.Experiments;

/// <summary>Tells two observers, in order.</summary>
internal sealed class Observers(IExperimentObserver first, IExperimentObserver second) : IExperimentObserver
{
    public void OnRecovered(long events, ExperimentState state)
    {
        first.OnRecovered(events, state);
        second.OnRecovered(events, state);
    }

    public void OnPrepared(CandidateSet candidates)
    {
        first.OnPrepared(candidates);
        second.OnPrepared(candidates);
    }

    public void OnEvent(StoredEvent stored, ExperimentState state)
    {
        first.OnEvent(stored, state);
        second.OnEvent(stored, state);
    }

    public void OnBelief(Posterior posterior, int observations)
    {
        first.OnBelief(posterior, observations);
        second.OnBelief(posterior, observations);
    }
}
