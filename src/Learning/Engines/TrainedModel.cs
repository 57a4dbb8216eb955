using DklActors.Messages.Models;

namespace DklActors.Learning.Engines;

/// <summary>A training's outcome: the state to store, the snapshot to plan with, and how it went.</summary>
public sealed record TrainedModel(ModelState State, CandidateModel Model, TrainingReport Report)
{
    /// <summary>Who trained it, where that may be another machine.</summary>
    public ModelTrainer? Trainer { get; init; }
}
