using System.Collections.Concurrent;
using DklActors.Host.Trainers.Node;
using DklActors.Host.Trainers.Wire;
using DklActors.Learning.Candidates;
using DklActors.Learning.Engines;
using DklActors.Learning.Ensembles;

namespace DklActors.Trainers.Tests.Nodes;

/// <summary>An engine that trains when the test lets it.</summary>
/// <param name="isOpen">Whether it trains at once, until it is held back.</param>
internal sealed class StandInEngines(bool isOpen) : IEngineSource, IDisposable
{
    private readonly ManualResetEventSlim _gate = new(isOpen);

    public string Identity => "stand-in/1";

    /// <summary>Versions of models in the order in which their trainings began.</summary>
    public ConcurrentQueue<int> Began { get; } = [];

    public int Cancelled { get; private set; }

    /// <summary>Called in each training, on its thread.</summary>
    public Action? Meanwhile { get; set; }

    public string? RefusalOf(LearnerSpec learner) => null;

    public void Open() => _gate.Set();

    public IDklEngine Create(LearnerSpec learner, CandidateSet candidates) => new Engine(
        this, LearnerOptions.Single(DklOptions.Preset("position")).CreateEngine(candidates));

    public void Dispose() => _gate.Dispose();

    private sealed class Engine(StandInEngines source, IDklEngine real) : IDklEngine
    {
        public string Identity => source.Identity;

        public TrainedModel Train(TrainingRequest request, CancellationToken cancellationToken)
        {
            source.Began.Enqueue(request.Version);
            source.Meanwhile?.Invoke();
            try
            {
                source._gate.Wait(cancellationToken);
            }
            catch (OperationCanceledException)
            {
                source.Cancelled++;
                throw;
            }

            return real.Train(request with { Observations = [.. request.Observations.Take(6)] }, cancellationToken);
        }

        public CandidateModel Restore(Messages.Models.ModelState state) => real.Restore(state);

        public CandidateModel Prior(ulong seed) => real.Prior(seed);
    }
}
