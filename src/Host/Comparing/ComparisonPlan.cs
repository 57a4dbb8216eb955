using DklActors.Host.Commands;
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

    /// <summary>Whether the data name the points to start from, so that all runs start from the same.</summary>
    public bool StartsAreGiven { get; init; }

    /// <summary>The same for so many candidates: no run measures more than there are.</summary>
    /// <exception cref="UsageException">There is nothing to measure beyond the seed points.</exception>
    public ComparisonPlan ClippedTo(int candidates)
    {
        int most = candidates - SeedPoints;
        return most < 1
            ? throw new UsageException(
                $"There are {candidates} candidates and {SeedPoints} seed points, so nothing is left to choose; "
                + "set planner.seeds to fewer.")
            : this with { Checkpoints = [.. Checkpoints.Select(step => Math.Min(step, most)).Distinct()] };
    }

    public Ranking Rank(IReadOnlyList<ComparisonRun> runs, Measure measure) =>
        new(Strategies, runs, measure, Checkpoints[^1]);

    public bool IsScored(int step) => step % CurveInterval == 0 || Checkpoints.Contains(step);
}
