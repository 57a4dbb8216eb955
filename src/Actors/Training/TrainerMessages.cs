using System.Collections.Immutable;
using DklActors.Learning.Engines;
using DklActors.Messages.Models;
using DklActors.Messages.Scalars;

namespace DklActors.Actors.Training;

/// <summary>
/// The state to start the next training from; the first message of every trainer's life, and again when the scalars are
/// others: then whatever was asked before is dropped.
/// </summary>
/// <param name="Last">The state, or null to start from the seed.</param>
/// <param name="Models">Models trained so far.</param>
/// <param name="Generation">Which of the run's scalarizers the scalars are of.</param>
internal sealed record RememberModel(ModelState? Last, int Models, int Generation);

/// <summary>The trainer was made anew after a fault and knows nothing.</summary>
internal sealed record TrainerRestarted;

/// <summary>Train on these; a request that still waits is replaced by a newer one.</summary>
internal sealed record TrainOn(ImmutableArray<Observation> Observations, int Generation);

/// <summary>A training is ready to leave the machine; it waits until that is recorded.</summary>
internal sealed record TrainingToSend(Guid Job, TrainingRequest Request, int Generation);

/// <summary>It is recorded that the job leaves.</summary>
internal sealed record SendTraining(Guid Job);

/// <summary>How a training ended.</summary>
internal abstract record TrainingOutcome(TrainingRequest Job, TimeSpan Took)
{
    public int Observations => Job.Observations.Length;

    /// <summary>Which of the run's scalarizers the observations are of.</summary>
    public int Generation { get; init; }
}

internal sealed record Trained(TrainedModel Model, TrainingRequest Job, TimeSpan Took) : TrainingOutcome(Job, Took);

/// <summary>No usable model came of it; the last good one stays in use.</summary>
internal sealed record TrainingGaveUp(string Reason, TrainingRequest Job, TimeSpan Took) : TrainingOutcome(Job, Took);
