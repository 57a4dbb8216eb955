using DklActors.Learning.Scoring;

namespace DklActors.LearningQuality.Experiments;

/// <summary>How good the map is after some steps, and what refits have cost until then.</summary>
/// <param name="Steps">Measurements beyond the seed points.</param>
/// <param name="Score">Against the known map.</param>
/// <param name="BestFound">Best true value measured, on the scale 0 to 1.</param>
/// <param name="RefitMilliseconds">Mean wall time of a refit.</param>
/// <param name="Epochs">Mean number of epochs of a refit.</param>
internal sealed record Checkpoint(
    int Steps, MapScore Score, double BestFound, double RefitMilliseconds, double Epochs);
