using System.Globalization;
using System.Text;
using DklActors.Learning.Acquisition;
using DklActors.Learning.Ladder;

namespace DklActors.Host.Comparing;

/// <summary>A comparison as text: every run for machines, medians over seeds for people.</summary>
internal static class ComparisonTables
{
    /// <summary>One line a strategy, seed and scored step.</summary>
    public static string Csv(IReadOnlyList<ComparisonRun> runs)
    {
        var text = new StringBuilder("strategy,seed,step,rmse,r2,spearman,nlpd,coverage68,coverage95,best,refit_ms,")
            .Append("epochs,found_after\n");
        foreach (ComparisonRun run in runs)
        {
            foreach (LadderStep step in run.Steps)
            {
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"{run.Strategy.Name},{run.Seed},{step.Steps},{step.Score.Rmse:R},{step.Score.RSquared:R},");
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"{step.Score.Spearman:R},{step.Score.Nlpd:R},{step.Score.Coverage68:R},");
                text.Append(
                    CultureInfo.InvariantCulture,
                    $"{step.Score.Coverage95:R},{step.BestFound:R},{step.Refit.TotalMilliseconds:F3},");
                text.Append(CultureInfo.InvariantCulture, $"{step.Epochs},{step.FoundAfter}\n");
            }
        }

        return text.ToString();
    }

    /// <summary>Medians over seeds at the checkpoints, in Markdown; the best RMSE and NLPD of a step in bold.</summary>
    public static string Markdown(ComparisonPlan plan, IReadOnlyList<ComparisonRun> runs)
    {
        var text = new StringBuilder();
        text.Append("| steps | strategy |")
            .AppendJoin("|", Measure.All.Select(measure => $" {measure.Name} "))
            .Append("|\n");
        text.Append("|---|---|").AppendJoin("|", Measure.All.Select(_ => "---")).Append("|\n");
        foreach (int checkpoint in plan.Checkpoints)
        {
            foreach (Strategy strategy in plan.Strategies)
            {
                IEnumerable<string> cells = Measure.All.Select(measure =>
                    Cell(plan, runs, measure, strategy, checkpoint));
                text.Append(CultureInfo.InvariantCulture, $"| {checkpoint} | {strategy.Name} |")
                    .AppendJoin("|", cells.Select(cell => $" {cell} "))
                    .Append("|\n");
            }
        }

        return text.ToString();
    }

    /// <summary>
    /// Who is best after the last step and on how many seeds, and how soon the best candidate was found, in Markdown.
    /// </summary>
    public static string Ranks(ComparisonPlan plan, IReadOnlyList<ComparisonRun> runs)
    {
        Ranking[] rankings = [plan.Rank(runs, Measure.Rmse), plan.Rank(runs, Measure.Nlpd)];
        var text = new StringBuilder("| steps | strategy |")
            .AppendJoin("|", rankings.Select(ranking => $" {ranking.Measure.Name} | rank | best on "))
            .Append(CultureInfo.InvariantCulture, $"| {SoughtBy(plan.Goal)} found after | found by | distinct |\n")
            .Append("|---|---|---|---|---|---|---|---|---|---|---|\n");
        foreach (Standing standing in rankings[0].Standings)
        {
            ComparisonRun[] own = [.. runs.Where(run => run.Strategy.Name == standing.Name)];
            var discovery = Discovery.Of(own);
            string after = discovery.Median is { } median
                ? median.ToString("0.#", CultureInfo.InvariantCulture)
                : "–";
            text.Append(CultureInfo.InvariantCulture, $"| {plan.Checkpoints[^1]} | {standing.Name} |")
                .AppendJoin("|", rankings.Select(ranking => RankCells(ranking, standing.Name, own.Length)))
                .Append(CultureInfo.InvariantCulture, $"| {after} | {discovery.Found} of {discovery.Runs} ")
                .Append(
                    CultureInfo.InvariantCulture,
                    $"| {ComparisonVerdict.DistinctRuns(runs, standing.Strategy)} of {own.Length} |\n");
        }

        return text.ToString();
    }

    public static double Median(
        IReadOnlyList<ComparisonRun> runs, Measure measure, Strategy strategy, int step) =>
        Measure.Quantile(ValuesOf(runs, measure, strategy, step), 0.5);

    public static IEnumerable<double> ValuesOf(
        IReadOnlyList<ComparisonRun> runs, Measure measure, Strategy strategy, int step) =>
        runs.Where(run => run.Strategy.Name == strategy.Name)
            .SelectMany(run => run.Steps)
            .Where(scored => scored.Steps == step)
            .Select(measure.Value);

    private static string RankCells(Ranking ranking, string name, int seeds)
    {
        if (ranking.Find(name) is not { } standing)
        {
            return " – | – | – ";
        }

        string tie = standing.Rank > 1 && standing.IsAmongBest ? " (tie)" : "";
        return $" {ranking.Measure.TextOf(standing.Median)} | {standing.Rank}{tie} | {standing.Wins} of {seeds} ";
    }

    private static string SoughtBy(Goal goal) => goal.Kind switch
    {
        GoalKind.Maximise => "maximum",
        GoalKind.Minimise => "minimum",
        _ => "target",
    };

    private static string Cell(
        ComparisonPlan plan, IReadOnlyList<ComparisonRun> runs, Measure measure, Strategy strategy, int step)
    {
        double median = Median(runs, measure, strategy, step);
        string text = measure.TextOf(median);
        bool isBest = measure.LessIsBetter
            && plan.Strategies.All(other => !(Median(runs, measure, other, step) < median));
        return isBest ? $"**{text}**" : text;
    }
}
