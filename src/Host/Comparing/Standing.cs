using DklActors.Learning.Ladder;

namespace DklActors.Host.Comparing;

/// <summary>Where a strategy stands among the others.</summary>
/// <param name="Strategy">The strategy.</param>
/// <param name="Median">Of the measure over seeds.</param>
/// <param name="Rank">From 1, by the median.</param>
/// <param name="Wins">Seeds on which no other strategy was better.</param>
/// <param name="BehindBest">Against the strategy of rank 1.</param>
internal sealed record Standing(Strategy Strategy, double Median, int Rank, int Wins, Contrast BehindBest)
{
    public string Name => Strategy.Name;

    /// <summary>Whether it is the best or ties with it.</summary>
    public bool IsAmongBest => Rank == 1 || BehindBest.Outcome != ContrastOutcome.Worse;
}
