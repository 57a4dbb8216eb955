using DklActors.Host.Trainers.Node;
using DklActors.Host.Trainers.Wire;
using DklActors.Learning.Candidates;
using DklActors.Learning.Engines;
using DklActors.Learning.Ensembles;
using DklActors.Messages.Models;

namespace DklActors.Trainers;

/// <summary>Trainings that take a set time and hardly any processor, so that one machine can play many nodes.</summary>
internal sealed class TimedEngines(TimeSpan training) : IEngineSource
{
    public string Identity => "timed/1";

    public string? RefusalOf(LearnerSpec learner) => null;

    public IDklEngine Create(LearnerSpec learner, CandidateSet candidates) => new Engine(
        training, LearnerOptions.Single(DklOptions.Preset("position")).CreateEngine(candidates));

    private sealed class Engine(TimeSpan training, IDklEngine real) : IDklEngine
    {
        public string Identity => "timed/1";

        public TrainedModel Train(TrainingRequest request, CancellationToken cancellationToken)
        {
            cancellationToken.WaitHandle.WaitOne(training);
            cancellationToken.ThrowIfCancellationRequested();
            return real.Train(request, cancellationToken);
        }

        public CandidateModel Restore(ModelState state) => real.Restore(state);

        public CandidateModel Prior(ulong seed) => real.Prior(seed);
    }
}
