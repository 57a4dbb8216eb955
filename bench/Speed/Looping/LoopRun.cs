using DklActors.Learning.Scoring;

namespace DklActors.Speed.Looping;

/// <summary>A whole loop: what it cost, and how good the map is at its end.</summary>
/// <param name="Features">Making the engine, with the features of all candidates.</param>
/// <param name="Training">All refits, each with the embedding of all candidates.</param>
/// <param name="Conditioning">All posteriors over all candidates.</param>
/// <param name="Choosing">All acquisitions.</param>
/// <param name="Refits">Number of refits.</param>
/// <param name="Epochs">Epochs of all refits together.</param>
/// <param name="Score">Of the last map, targets scaled to 0–1.</param>
/// <param name="BestFound">Best true value measured, scaled to 0–1.</param>
internal sealed record LoopRun(
    TimeSpan Features, TimeSpan Training, TimeSpan Conditioning, TimeSpan Choosing, int Refits, int Epochs,
    MapScore Score, double BestFound)
{
    public TimeSpan Computing => Features + Training + Conditioning + Choosing;
}
