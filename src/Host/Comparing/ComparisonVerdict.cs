using System.Globalization;
using DklActors.Learning.Ladder;

namespace DklActors.Host.Comparing;

/// <summary>
/// What a comparison says, in words: which strategy is best, where the default stands, whether structure helps. All
/// of it about the last step, from differences on the same seeds.
/// </summary>
internal static class ComparisonVerdict
{
    /// <param name="plan">What was compared.</param>
    /// <param name="runs">All runs.</param>
    /// <returns>Sentences, the most important first.</returns>
    public static IReadOnlyList<string> Sentences(ComparisonPlan plan, IReadOnlyList<ComparisonRun> runs)
    {
        Ranking rmse = plan.Rank(runs, Measure.Rmse);
        Ranking nlpd = plan.Rank(runs, Measure.Nlpd);
        if (rmse.Standings.Count == 0)
        {
            return ["No run got as far as the last step."];
        }

        List<string> sentences = [BestBy(rmse)];
        if (nlpd.Standings.Count > 0)
        {
            sentences.Add(BestBy(nlpd));
        }

        if (plan.Seeds.Count == 1)
        {
            sentences.Add("One seed shows no spread: whether these differences are more than chance, more would tell.");
        }
        else
        {
            sentences.AddRange(OfDefault(rmse, nlpd));
            sentences.AddRange(OfStructure(rmse, nlpd));
            sentences.Add(WhatCounts(plan.Seeds.Count));
        }

        sentences.AddRange(OfSameRuns(plan, runs));
        return sentences;
    }

    private static string BestBy(Ranking ranking)
    {
        Standing best = ranking.Standings[0];
        string first = $"After {ranking.Step} steps {best.Name} has the lowest {ranking.Measure.Name}, "
            + ranking.Measure.TextOf(best.Median);
        if (best.BehindBest.Difference.Count < 2)
        {
            return $"{first}.";
        }

        Standing[] tied = [.. ranking.Standings.Skip(1).Where(standing => standing.IsAmongBest)];
        Standing? next = ranking.Standings.FirstOrDefault(standing => !standing.IsAmongBest);
        string ties = tied.Length == 0 ? "" : $", a tie with {Listed(tied.Select(Named))}";
        string clear = next is null ? "" : $"; {Named(next)} is worse by {Extent(ranking, next)}";
        return $"{first}{ties}{clear}.";

        string Named(Standing standing) => $"{standing.Name} ({ranking.Measure.TextOf(standing.Median)})";
    }

    private static IEnumerable<string> OfDefault(Ranking rmse, Ranking nlpd)
    {
        Ranking[] known = [.. new[] { rmse, nlpd }.Where(ranking => ranking.Find(Strategies.Default) is not null)];
        if (known.Length == 0 || rmse.Standings.Count == 1)
        {
            yield break;
        }

        const string Default = $"The default, {Strategies.Default},";
        (Ranking Ranking, Standing Standing)[] behind =
        [
            .. known.Select(ranking => (ranking, ranking.Find(Strategies.Default)!))
                .Where(entry => !entry.Item2.IsAmongBest),
        ];
        if (behind.Length == 0)
        {
            bool isAlone = known.All(ranking =>
                ranking.Standings.All(standing => standing.IsAmongBest == (standing.Name == Strategies.Default)));
            yield return isAlone
                ? $"{Default} is the best rung."
                : $"No rung is better than the default, {Strategies.Default}.";
            yield break;
        }

        foreach ((Ranking ranking, Standing standing) in behind)
        {
            yield return $"{Default} is not the best rung in {ranking.Measure.Name}: "
                + $"{ranking.Measure.TextOf(standing.Median)} is worse than that of {ranking.Standings[0].Name} by "
                + $"{Extent(ranking, standing)}, beyond the spread of seeds.";
        }
    }

    private static IEnumerable<string> OfStructure(Ranking rmse, Ranking nlpd)
    {
        if (StructureFinding.Of(rmse) is not { } finding)
        {
            yield break;
        }

        string own = rmse.Measure.TextOf(finding.Position.Median);
        string position = $"position alone ({finding.Position.Name}, RMSE {own})";
        string structure = $"{finding.Structure.Name} ({rmse.Measure.TextOf(finding.Structure.Median)})";
        yield return finding.Use switch
        {
            StructureUse.Clear =>
                $"Structure helps: {position} errs {Factor(finding.Factor)} times as much as {structure}.",
            StructureUse.Slight =>
                $"Structure hardly helps: {position} errs only {Factor(finding.Factor)} times as much as {structure}.",
            _ => $"Structure does not help: {position} {RelationOf(rmse, finding)} {structure}, "
                + "the best rung that sees the structural image.",
        };
        if (finding.Use != StructureUse.Clear && finding.Alone is { } alone
            && rmse.Between(alone.Name, finding.Position.Name).Outcome == ContrastOutcome.Worse)
        {
            string factor = Factor(alone.Median / finding.Position.Median);
            yield return $"Position is what predicts here: structure alone ({alone.Name}, "
                + $"{rmse.Measure.TextOf(alone.Median)}) errs {factor} times as much as position alone.";
        }

        Contrast sure = nlpd.Between(finding.Structure.Name, finding.Position.Name);
        if (finding.Use == StructureUse.None && sure.Outcome == ContrastOutcome.Better)
        {
            yield return $"{finding.Structure.Name} knows better how sure it is, though: its NLPD is lower by "
                + $"{nlpd.Measure.TextOf(-sure.Difference.Median)}.";
        }
    }

    private static string RelationOf(Ranking ranking, StructureFinding finding) =>
        ranking.Between(finding.Position.Name, finding.Structure.Name).Outcome == ContrastOutcome.Tie
            ? "is a tie with"
            : "is better than";

    private static string Factor(double factor) =>
        factor.ToString(factor < 2.0 ? "F2" : "F1", CultureInfo.InvariantCulture);

    private static string WhatCounts(int seeds)
    {
        const string Small = "or it is at most 5 % of the RMSE or 0.05 of the NLPD";
        return seeds < PairedDifference.LeastForConfidence
            ? $"It is a tie where the {seeds} seeds do not all agree, {Small}; "
                + $"{PairedDifference.LeastForConfidence} seeds or more would give 95 % confidence."
            : $"It is a tie where the 95 % interval of the differences on the same seed holds zero, {Small}.";
    }

    private static IEnumerable<string> OfSameRuns(ComparisonPlan plan, IReadOnlyList<ComparisonRun> runs)
    {
        if (plan.StartsAreGiven && plan.Seeds.Count > 1)
        {
            yield return $"All runs start from the same {plan.SeedPoints} points, which the data name; "
                + "seeds differ in the network's weights and in random draws alone.";
        }

        string[] repeated =
        [
            .. plan.Strategies.Select(strategy => (strategy.Name, Distinct: DistinctRuns(runs, strategy)))
                .Where(entry => entry.Distinct < plan.Seeds.Count)
                .Select(entry => $"{entry.Name} {entry.Distinct} distinct"),
        ];
        if (repeated.Length > 0)
        {
            yield return $"Of the {plan.Seeds.Count} runs of each strategy some are the same: {Listed(repeated)}.";
        }
    }

    /// <summary>Runs of a strategy that differ from all others of it.</summary>
    public static int DistinctRuns(IReadOnlyList<ComparisonRun> runs, Strategy strategy) => runs
        .Where(run => run.Strategy.Name == strategy.Name && run.Steps.Count > 0)
        .Select(run => (run.Steps[^1].Score, run.Steps[^1].BestFound))
        .Distinct()
        .Count();

    private static string Extent(Ranking ranking, Standing standing)
    {
        PairedDifference difference = standing.BehindBest.Difference;
        Func<double, string> text = ranking.Measure.TextOf;
        return $"{text(difference.Median)} ({text(difference.Low)} to {text(difference.High)})";
    }

    private static string Listed(IEnumerable<string> parts)
    {
        string[] all = [.. parts];
        return all.Length < 2 ? string.Concat(all) : $"{string.Join(", ", all[..^1])} and {all[^1]}";
    }
}
