using DklActors.Learning.Ladder;

namespace DklActors.Host.Comparing;

/// <summary>Whether strategies that see the structural image beat the one that knows position alone.</summary>
/// <param name="Helps">Whether at least one of them does.</param>
/// <param name="Position">The one that knows position alone.</param>
/// <param name="Structure">The best of those that see the image; of those that beat position, where there are.</param>
internal sealed record StructureFinding(bool Helps, Standing Position, Standing Structure)
{
    /// <summary>How many times as much position alone has, of a measure that is positive.</summary>
    public double Factor => Position.Median / Structure.Median;

    /// <returns>Null where nothing was compared to position alone.</returns>
    public static StructureFinding? Of(Ranking ranking)
    {
        Standing? position = ranking.Find(Strategies.Position);
        Standing[] seeing = [.. ranking.Standings.Where(standing => standing.Strategy.UsesStructure)];
        if (position is null || seeing.Length == 0)
        {
            return null;
        }

        Standing? better = seeing.FirstOrDefault(standing =>
            ranking.Between(standing.Name, position.Name).Outcome == ContrastOutcome.Better);
        return new StructureFinding(better is not null, position, better ?? seeing[0]);
    }
}
