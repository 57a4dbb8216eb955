using DklActors.Learning.Scoring;

namespace DklActors.Learning.Ladder;

/// <summary>How good the map is after so many measurements.</summary>
/// <param name="Steps">Measurements beyond the seed points.</param>
/// <param name="Score">Against the truth, scaled to 0–1.</param>
/// <param name="BestFound">
/// Merit of the best true value measured, scaled to 0–1 over all candidates; 1 − BestFound is the simple regret.
/// </param>
/// <param name="Refit">Wall time of the refit.</param>
/// <param name="Epochs">Epochs of the refit.</param>
public sealed record LadderStep(int Steps, MapScore Score, double BestFound, TimeSpan Refit, int Epochs)
{
    /// <summary>
    /// Measurements, seed points included, until the best of all candidates was among them; null while it is not.
    /// </summary>
    public int? FoundAfter { get; init; }
}
