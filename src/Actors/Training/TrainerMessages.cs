using System.Collections.Immutable;
using DklActors.Learning.Engines;
using DklActors.Messages.Models;
using DklActors.Messages.Scalars;

namespace DklActors.Actors.Training;

/// <summary>The state to start the next training from; the first message of every trainer's life.</summary>
internal sealed record RememberModel(ModelState? Last);

/// <summary>The trainer was made anew after a fault and knows nothing.</summary>
internal sealed record TrainerRestarted;

/// <summary>Train on these; a request that still waits is replaced by a newer one.</summary>
internal sealed record TrainOn(ImmutableArray<Observation> Observations);

/// <summary>How a training ended.</summary>
internal abstract record TrainingOutcome(TrainingRequest Job, TimeSpan Took)
{
    public int Observations => Job.Observations.Length;
}

internal sealed record Trained(TrainedModel Model, TrainingRequest Job, TimeSpan Took) : TrainingOutcome(Job, Took);

/// <summary>No usable model came of it; the last good one stays in use.</summary>
internal sealed record TrainingGaveUp(string Reason, TrainingRequest Job, TimeSpan Took) : TrainingOutcome(Job, Took);
