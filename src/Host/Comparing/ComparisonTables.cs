using System.Globalization;
using System.Text;
using DklActors.Learning.Ladder;

namespace DklActors.Host.Comparing;

/// <summary>A comparison as text: every run for machines, medians over seeds for people.</summary>
internal static class ComparisonTables
{
    /// <summary>One line a strategy, seed and scored step.</summary>
    public static string Csv(IReadOnlyList<ComparisonRun> runs)
    {
        var text = new StringBuilder("strategy,seed,step,rmse,r2,spearman,nlpd,coverage68,coverage95,best,refit_ms\n");
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
                    $"{step.Score.Coverage95:R},{step.BestFound:R},{step.Refit.TotalMilliseconds:F3}\n");
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

    public static double Median(
        IReadOnlyList<ComparisonRun> runs, Measure measure, Strategy strategy, int step) =>
        Measure.Quantile(ValuesOf(runs, measure, strategy, step), 0.5);

    public static IEnumerable<double> ValuesOf(
        IReadOnlyList<ComparisonRun> runs, Measure measure, Strategy strategy, int step) =>
        runs.Where(run => run.Strategy.Name == strategy.Name)
            .SelectMany(run => run.Steps)
            .Where(scored => scored.Steps == step)
            .Select(measure.Value);

    private static string Cell(
        ComparisonPlan plan, IReadOnlyList<ComparisonRun> runs, Measure measure, Strategy strategy, int step)
    {
        double median = Median(runs, measure, strategy, step);
        string text = median.ToString(measure.Format, CultureInfo.InvariantCulture);
        bool lessIsBetter = measure.Name is "RMSE" or "NLPD";
        bool isBest = lessIsBetter && plan.Strategies.All(other => !(Median(runs, measure, other, step) < median));
        return isBest ? $"**{text}**" : text;
    }
}
