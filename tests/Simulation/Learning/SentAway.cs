using DklActors.Learning.Engines;
using DklActors.Messages.Models;
using DklActors.Simulation.Worlds;

namespace DklActors.Simulation.Learning;

/// <summary>The engine behind a line: what it does, slow, wrong or never, it does elsewhere.</summary>
internal sealed class SentAway(IDklEngine there, World world) : ISendingEngine
{
    public string Identity => there.Identity;

    public Guid NameJob(TrainingRequest request) => new(++world.Jobs, 0, 0, new byte[8]);

    public TrainedModel Train(TrainingRequest request, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("A training was not sent.");

    public async Task<TrainedModel> TrainAsync(Guid job, TrainingRequest request, CancellationToken cancellationToken)
    {
        TrainedModel trained = there.Train(request, cancellationToken);
        return await Task.FromResult(trained with { Trainer = new ModelTrainer("node", there.Identity, null) })
            .ConfigureAwait(false);
    }

    public CandidateModel Restore(ModelState state) => there.Restore(state);

    public CandidateModel Prior(ulong seed) => there.Prior(seed);
}
