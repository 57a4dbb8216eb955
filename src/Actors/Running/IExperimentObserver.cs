using DklActors.Actors.Experiments;
using DklActors.Journal.Storage;
using DklActors.Learning.Candidates;
using DklActors.Learning.Posteriors;

namespace DklActors.Actors.Running;

/// <summary>Is told what happens, on the experiment's own thread: take note and return at once.</summary>
public interface IExperimentObserver
{
    /// <summary>
    /// The journal was read, so many events, none for a new run; the state is the one after them. The first call of
    /// all, and again when the experiment is made anew. Who wants the events reads the journal.
    /// </summary>
    void OnRecovered(long events, ExperimentState state);

    /// <summary>The structural image is there; the candidates are known.</summary>
    void OnPrepared(CandidateSet candidates);

    /// <summary>An event is durable; the state is the one after it.</summary>
    void OnEvent(StoredEvent stored, ExperimentState state);

    /// <summary>What is believed after the first so many observations.</summary>
    void OnBelief(Posterior posterior, int observations);
}
