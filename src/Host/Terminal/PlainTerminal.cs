using DklActors.Host.Composition;
using DklActors.Host.Evidence;
using DklActors.Host.Reporting;
using DklActors.Host.Running;
using DklActors.Messages.Models;

namespace DklActors.Host.Terminal;

/// <summary>A line now and then, for logs and pipes.</summary>
internal sealed class PlainTerminal(TextWriter lines, TextWriter? json, TimeProvider time) : RunTerminal
{
    // The longest label of a row, and a space.
    private const int LabelWidth = 9;
    private const int PointsPerLine = 10;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    public override void Begin(Experiment experiment, string folder)
    {
        lines.WriteLine($"{experiment.Recipe.Title}");
        lines.WriteLine($"  {experiment.Microscope.Description}");
        lines.WriteLine($"  {folder}");
    }

    public override async Task FollowAsync(Func<RunProgress> progress, Task run)
    {
        int shown = 0;
        string? notice = null;
        StructureEvidence? structure = null;
        while (!run.IsCompleted)
        {
            await Task.WhenAny(run, Task.Delay(Interval, time)).ConfigureAwait(false);
            RunProgress now = progress();
            if (now.Measured / PointsPerLine > shown / PointsPerLine || now.Notice != notice)
            {
                shown = now.Measured;
                notice = now.Notice;
                lines.WriteLine(LineOf(now));
            }

            TellStructure(now);
        }

        // What settled between the last glance and the end.
        TellStructure(progress());

        void TellStructure(RunProgress now)
        {
            if (now.Structure is { } evidence && evidence != structure)
            {
                structure = evidence;
                lines.WriteLine($"      {StructureWords.Of(evidence)}");
            }
        }
    }

    public override void Say(string message) => lines.WriteLine(message);

    public override void End(RunSummary summary, IReadOnlyList<string> figures)
    {
        foreach ((string label, string text) in SummaryText.Rows(summary))
        {
            lines.WriteLine($"{label,-LabelWidth}{text}");
        }

        if (figures.Count > 0)
        {
            lines.WriteLine($"{"figures",-LabelWidth}{string.Join(", ", figures.Select(Path.GetFileName))}");
        }

        json?.WriteLine(summary.ToJson(indented: false));
    }

    private static string LineOf(RunProgress now)
    {
        string rmse = now.Score is { } score ? FormattableString.Invariant($", RMSE {score.Rmse:F3}") : string.Empty;
        string best = now.Best is { } value ? $", best {SummaryText.Number(value)} at {now.BestAt}" : string.Empty;
        string notice = now.Notice is null ? string.Empty : $" [{now.Notice}]";
        string model = $"model {now.ModelVersion} ({now.ModelAge} points behind)";
        string budget = now.Budgets.Count == 0 ? string.Empty : $", {BudgetWords.Of(now)}";
        return $"{now.Measured,5} of {now.Total}{best}{rmse}, {model}{budget}{notice}";
    }
}
