using DklActors.Learning.Ladder;

namespace DklActors.Host.Comparing;

/// <summary>Whether strategies that see the structural image beat the one that knows position alone.</summary>
/// <param name="Use">How much seeing the image is worth.</param>
/// <param name="Position">The one that knows position alone.</param>
/// <param name="Structure">The best of those that see the image; of those that beat position, where there are.</param>
/// <param name="Alone">The best of those that see the image and do not know the position, or null.</param>
internal sealed record StructureFinding(StructureUse Use, Standing Position, Standing Structure, Standing? Alone)
{
    // Less is real where seeds agree on it, yet a few more measurements would make up for it.
    private const double LeastFactor = 1.25;

    /// <summary>How many times as large the error of position alone is.</summary>
    public double Factor => Position.Median / Structure.Median;

    /// <param name="ranking">By the error.</param>
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
        StructureUse use = better is null ? StructureUse.None
            : position.Median < LeastFactor * better.Median ? StructureUse.Slight
            : StructureUse.Clear;
        return new StructureFinding(
            use, position, better ?? seeing[0],
            seeing.FirstOrDefault(static standing => !standing.Strategy.UsesPosition));
    }
}

/// <summary>What seeing the structural image is worth.</summary>
internal enum StructureUse
{
    /// <summary>No strategy that sees it is better than position alone.</summary>
    None,

    /// <summary>One is better, but not by much.</summary>
    Slight,

    /// <summary>One is better by a quarter or more.</summary>
    Clear,
}
