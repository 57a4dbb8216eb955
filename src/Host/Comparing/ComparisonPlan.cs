using DklActors.Learning.Acquisition;
using DklActors.Learning.Ladder;

namespace DklActors.Host.Comparing;

/// <summary>What is compared.</summary>
/// <param name="Strategies">Rungs of the ladder.</param>
/// <param name="Seeds">Seeds, the same for every strategy.</param>
/// <param name="SeedPoints">Points before the first model.</param>
/// <param name="Checkpoints">Steps of the table, ascending.</param>
/// <param name="Acquisition">What chooses, except where a strategy draws at random.</param>
/// <param name="Goal">Which end of the scalar is searched for.</param>
internal sealed record ComparisonPlan(
    IReadOnlyList<Strategy> Strategies,
    IReadOnlyList<ulong> Seeds,
    int SeedPoints,
    IReadOnlyList<int> Checkpoints,
    IAcquisitionFunction Acquisition,
    Goal Goal)
{
    // A point of the curves at least this often; scoring a large map takes as long as a refit.
    private const int CurveInterval = 5;

    public bool IsScored(int step) => step % CurveInterval == 0 || Checkpoints.Contains(step);
}
