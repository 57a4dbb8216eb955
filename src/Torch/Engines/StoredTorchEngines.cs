using System.Collections.Immutable;
using DklActors.Learning.Candidates;
using DklActors.Learning.Engines;
using DklActors.Learning.Ensembles;
using DklActors.Messages.Models;

namespace DklActors.Torch.Engines;

/// <summary>
/// What a run that was trained by libtorch is looked at with where there is none: its models are restored, which the
/// managed engine can, and none is trained.
/// </summary>
/// <param name="absence">Why there is no libtorch, and what to do.</param>
public sealed class StoredTorchEngines(string absence) : IEngineFactory
{
    public string Kind => TorchEngines.KindName;

    public string Arithmetic => $"{TorchDklEngine.Name} absent";

    public IDklEngine Create(CandidateSet candidates, ImmutableArray<EnsembleMember> members) =>
        new Restoring(ManagedEngines.Instance.Create(candidates, members), absence);

    private sealed class Restoring(IDklEngine engine, string absence) : IDklEngine
    {
        public string Identity => engine.Identity;

        public TrainedModel Train(TrainingRequest request, CancellationToken cancellationToken) =>
            throw new TrainingFailedException(absence);

        public CandidateModel Restore(ModelState state) => engine.Restore(state);

        public CandidateModel Prior(ulong seed) => engine.Prior(seed);
    }
}
