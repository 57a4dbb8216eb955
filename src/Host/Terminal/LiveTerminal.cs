using DklActors.Host.Composition;
using DklActors.Host.Evidence;
using DklActors.Host.Reporting;
using DklActors.Host.Running;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace DklActors.Host.Terminal;

/// <summary>A view that redraws itself while the run goes on.</summary>
internal sealed class LiveTerminal(IAnsiConsole console, TimeProvider time) : RunTerminal
{
    private const int BarWidth = 40;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(150);

    private string? _said;

    public override void Begin(Experiment experiment, string folder)
    {
        console.MarkupLineInterpolated($"[bold]{experiment.Recipe.Title}[/]");
        console.MarkupLineInterpolated($"[grey]{experiment.Microscope.Description}[/]");
        console.MarkupLineInterpolated($"[grey]{folder}[/]");
        console.WriteLine();
    }

    public override Task FollowAsync(Func<RunProgress> progress, Task run) =>
        console.Live(ViewOf(progress())).StartAsync(async view =>
        {
            while (!run.IsCompleted)
            {
                await Task.WhenAny(run, Task.Delay(Interval, time)).ConfigureAwait(false);
                view.UpdateTarget(ViewOf(progress()));
            }
        });

    public override void Say(string message) => _said = message;

    public override void End(RunSummary summary, IReadOnlyList<string> figures)
    {
        console.WriteLine();
        var table = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
        foreach ((string label, string text) in SummaryText.Rows(summary))
        {
            table.AddRow(new Text(label, new Style(Color.Grey)), new Text(text));
        }

        if (figures.Count > 0)
        {
            table.AddRow(
                new Text("figures", new Style(Color.Grey)),
                new Text(string.Join(", ", figures.Select(Path.GetFileName))));
        }

        console.Write(table);
    }

    private Grid ViewOf(RunProgress now)
    {
        var view = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
        Row("points", BarOf(now));
        Row("best", now.Best is { } best ? $"{SummaryText.Number(best)} at {now.BestAt}" : "–");
        Row("last", now.LastValue is { } last ? $"{SummaryText.Number(last)} at {now.LastPoint}" : "–");
        double milliseconds = now.LastTraining?.TotalMilliseconds ?? 0;
        Row("model", now.ModelVersion == 0
            ? "none yet"
            : FormattableString.Invariant(
                $"version {now.ModelVersion}, {now.ModelAge} points behind, trained in {milliseconds:F0} ms"));
        if (now.Score is { } score)
        {
            Row("map", FormattableString.Invariant(
                $"RMSE {score.Rmse:F3}, R² {score.RSquared:F3}, 68 % interval covers {100 * score.Coverage68:F0} %"));
        }

        if (now.Structure is { } evidence)
        {
            Row("finding", StructureWords.Of(evidence));
        }

        Row("beam", FormattableString.Invariant(
            $"{now.Electrons:G3} electrons, used {100 * (now.BeamUtilisation ?? 0):F0} % of the time"));
        if (now.Drift is not null)
        {
            Row("drift", now.Drift);
        }

        if (now.Budgets.Count > 0)
        {
            Row("budget", BudgetWords.Of(now));
        }

        if (now.Notice is not null)
        {
            Row("notice", now.Notice, Color.Yellow);
        }

        if (_said is not null)
        {
            Row(string.Empty, _said, Color.Yellow);
        }

        return view;

        void Row(string label, string text, Color? colour = null) => view.AddRow(
            new Text(label, new Style(Color.Grey)), new Text(text, new Style(colour ?? Color.Default)));
    }

    private static string BarOf(RunProgress now)
    {
        int filled = now.Total == 0 ? 0 : BarWidth * Math.Min(now.Measured, now.Total) / now.Total;
        return $"{new string('━', filled)}{new string('╌', BarWidth - filled)} {now.Measured} of {now.Total}, "
            + now.State.ToString().ToLowerInvariant();
    }
}
