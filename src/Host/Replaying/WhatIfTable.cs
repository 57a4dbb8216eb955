using System.Globalization;
using DklActors.Host.Running;
using DklActors.Host.Terminal;
using DklActors.Learning.Scoring;
using DklActors.Messages.Events;
using Spectre.Console;

namespace DklActors.Host.Replaying;

/// <summary>The outcome of a what-if, for people.</summary>
internal static class WhatIfTable
{
    /// <summary>What the other choice says of what was measured.</summary>
    public static IEnumerable<string> Lines(WhatIfNumbers numbers)
    {
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"scalars    {numbers.Scalars} usable both ways, rank correlation {numbers.ScalarRanks:F3}");
        double share = numbers.Decisions == 0 ? 0 : 100.0 * numbers.EqualDecisions / numbers.Decisions;
        yield return numbers.Decisions == 0
            ? "decisions  none by an acquisition function"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"decisions  {numbers.EqualDecisions} of {numbers.Decisions} to the same place with the same "
                + $"measurements ({share:F0} %); median distance {numbers.MedianDistance:F1} px, largest "
                + $"{numbers.LargestDistance:F1} px");
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"maps       correlation {numbers.MapCorrelation:F3}, of ranks {numbers.MapRanks:F3}, from the same "
            + $"measurements");
    }

    /// <summary>The run beside the other choice run to its end.</summary>
    public static Table SideBySide(RunRecord recorded, RunRecord other)
    {
        Table table = new Table().Border(TableBorder.Simple);
        table.AddColumn("");
        table.AddColumn(new TableColumn(WhatIfFigures.Recorded).RightAligned());
        table.AddColumn(new TableColumn("what if").RightAligned());
        foreach ((string label, Func<RunRecord, string> of) in Rows())
        {
            table.AddRow(label, of(recorded), of(other));
        }

        return table;
    }

    private static IEnumerable<(string Label, Func<RunRecord, string> Of)> Rows() =>
    [
        ("points", record => $"{record.State.Measured}"),
        ("best", record => record.Best is { } best ? SummaryText.Number(best.Scalar!.Value) : "–"),
        ("best at", record => record.Best is { } best ? $"{best.Frame!.Patch}" : "–"),
        ("RMSE", record => Score(record, score => score.Rmse, "F3")),
        ("R²", record => Score(record, score => score.RSquared, "F3")),
        ("NLPD", record => Score(record, score => score.Nlpd, "F2")),
        ("Spearman", record => Score(record, score => score.Spearman, "F3")),
        ("in 68 %", record => Score(record, score => score.Coverage68, "F2")),
        ("in 95 %", record => Score(record, score => score.Coverage95, "F2")),
        ("models", record => $"{record.Events.Count(stored => stored.Event is ModelTrained)}"),
    ];

    private static string Score(RunRecord record, Func<MapScore, double> of, string format) =>
        record.Posterior is { } belief && record.Scorer is { } scorer
            ? of(scorer.Score(belief)).ToString(format, CultureInfo.InvariantCulture)
            : "–";
}
