using System.Net;
using System.Text;
using DklActors.Host.Composition;
using DklActors.Host.Figures.Colours;
using DklActors.Host.Figures.Curves;
using DklActors.Host.Recipes.Sections;
using DklActors.Host.Reporting;
using DklActors.Learning.Ladder;

namespace DklActors.Host.Comparing;

/// <summary>A comparison as one HTML page with its plots inline; needs nothing from anywhere else.</summary>
internal static class ComparisonReport
{
    private const string Style = """
        body { font: 15px/1.5 system-ui, sans-serif; color: #212529; }
        body { max-width: 980px; margin: 2em auto; padding: 0 1em; }
        table { border-collapse: collapse; font-size: 13px; margin: 1em 0; }
        th, td { padding: 3px 10px; text-align: right; border-bottom: 1px solid #e6e8ea; }
        th:nth-child(2), td:nth-child(2) { text-align: left; }
        tr.first td { border-top: 2px solid #5a6268; }
        .muted { color: #5a6268; }
        """;

    public static string Html(
        Experiment experiment, ComparisonPlan plan, IReadOnlyList<ComparisonRun> runs, int candidates)
    {
        string title = $"Strategies compared: {experiment.Recipe.Title}";
        var page = new StringBuilder();
        page.Append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
            .Append($"<title>{Text(title)}</title><style>{Style}</style></head><body>\n")
            .Append($"<h1>{Text(title)}</h1>\n")
            .Append($"<p>{Text(Description(experiment, plan, candidates))}</p>\n<ul>\n");
        foreach (Strategy strategy in plan.Strategies)
        {
            page.Append($"<li><b>{Text(strategy.Name)}</b>: {Text(strategy.Summary)}</li>\n");
        }

        page.Append("</ul>\n");
        foreach (string sentence in ComparisonVerdict.Sentences(plan, runs))
        {
            page.Append($"<p>{Text(sentence)}</p>\n");
        }

        page.Append(Table(ComparisonTables.Ranks(plan, runs)))
            .Append(Table(ComparisonTables.Markdown(plan, runs)))
            .Append(Curves(plan, runs));
        return page.Append("</body></html>\n").ToString();
    }

    /// <summary>The learning curves as SVG: medians over seeds within quartiles.</summary>
    public static string Curves(ComparisonPlan plan, IReadOnlyList<ComparisonRun> runs)
    {
        int[] steps = [.. runs.SelectMany(run => run.Steps).Select(step => step.Steps).Distinct().Order()];
        CurvePanel[] panels =
        [
            .. Measure.All.Where(measure => measure.Name != "refit/ms").Select(measure =>
                new BandPanel(
                    measure.Meaning,
                    measure.Name,
                    [.. plan.Strategies.Select((strategy, i) => CurveOf(runs, measure, strategy, i, steps))],
                    measure.Ideal)),
        ];
        return new PanelStack(
            $"Medians of {plan.Seeds.Count} seeds, bands between the quartiles",
            panels,
            new ValueRange(steps[0] - 0.8, steps[^1] + 0.8),
            $"measurements beyond {plan.SeedPoints} seed points").Paint();
    }

    private static BandCurve CurveOf(
        IReadOnlyList<ComparisonRun> runs, Measure measure, Strategy strategy, int index, int[] steps) => new(
            strategy.Name,
            BandCurve.ColourOf(index),
            [
                .. steps
                    .Select(step => (
                        Step: step, Values: ComparisonTables.ValuesOf(runs, measure, strategy, step).ToArray()))
                    .Where(entry => entry.Values.Any(double.IsFinite))
                    .Select(entry => new BandPoint(
                        entry.Step,
                        Measure.Quantile(entry.Values, 0.5),
                        Measure.Quantile(entry.Values, 0.25),
                        Measure.Quantile(entry.Values, 0.75))),
            ]);

    private static string Table(string markdown)
    {
        string[][] rows =
        [
            .. markdown.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(row => row.Trim('|').Split('|', StringSplitOptions.TrimEntries)),
        ];
        var table = new StringBuilder("<table>\n<tr>");
        foreach (string heading in rows[0])
        {
            table.Append($"<th>{Text(heading)}</th>");
        }

        table.Append("</tr>\n");
        string step = string.Empty;
        foreach (string[] row in rows.Skip(2))
        {
            table.Append(row[0] == step ? "<tr>" : "<tr class=\"first\">");
            step = row[0];
            foreach (string cell in row)
            {
                bool isBest = cell.StartsWith("**", StringComparison.Ordinal);
                table.Append(isBest ? $"<td><b>{Text(cell.Trim('*'))}</b></td>" : $"<td>{Text(cell)}</td>");
            }

            table.Append("</tr>\n");
        }

        return table.Append("</table>\n").ToString();
    }

    private static string Description(Experiment experiment, ComparisonPlan plan, int candidates)
    {
        bool isNamed = experiment.Recipe.Planner.SeedDesign == SeedDesign.Recorded;
        string seeds = isNamed ? "seed points named by the data" : "space-filling seed points";
        return $"{experiment.Microscope.Description}; {experiment.Recipe.Scalarizer.Label}; patches of "
            + $"{experiment.Recipe.Patch}; {candidates} candidates; {plan.SeedPoints} {seeds}, then "
            + $"{plan.Acquisition.Identity}, a refit after every measurement; medians of {plan.Seeds.Count} seeds.";
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
