using System.Globalization;
using DklActors.Host.Reporting;

namespace DklActors.Host.Terminal;

/// <summary>A summary as label and text, for every kind of terminal.</summary>
internal static class SummaryText
{
    public static IEnumerable<(string Label, string Text)> Rows(RunSummary summary)
    {
        yield return ("run", $"{summary.Run}: {summary.State.ToString().ToLowerInvariant()}. {summary.Reason}");
        string bad = summary.BadPoints > 0 ? $" ({summary.BadPoints} of them bad, nothing learned from)" : "";
        yield return ("points", $"{summary.Points} measured{bad}, {summary.MeasurementsRepeated} repeated, "
            + $"{summary.Electrons:G3} electrons");
        if (summary.Best is { } best)
        {
            // A recorded value comes without an error.
            string error = best.StandardError > 0 ? $" ± {Number(best.StandardError)}" : "";
            string unit = summary.Unit.Length > 0 ? $" {summary.Unit}" : "";
            yield return ("best", $"{Number(best.Value)}{error}{unit} at {best.At}");
        }

        if (summary.Rmse is { } rmse)
        {
            yield return ("map", FormattableString.Invariant(
                $"RMSE {rmse:F3}, R² {summary.R2:F3}, NLPD {summary.Nlpd:F2} against the known map, scaled 0 to 1"));
            double? in68 = 100 * summary.Coverage68;
            double? in95 = 100 * summary.Coverage95;
            yield return ("honesty", FormattableString.Invariant(
                $"{in68:F0} % of the map lies in its 68 % interval, {in95:F0} % in its 95 % interval"));
        }

        if (summary.Structure is { } structure)
        {
            yield return ("finding", structure.Words);
        }

        if (summary.BeamUtilisation is { } utilisation)
        {
            double serial = 100 * summary.SerialBeamUtilisation ?? 0;
            yield return ("beam", FormattableString.Invariant(
                $"used {100 * utilisation:F0} % of the time; one step after the other it would be {serial:F0} %"));
        }

        if (summary.Stage is { } stage)
        {
            yield return ("stage", $"at {stage.Position()}");
        }

        if (summary.Drift is { } drift)
        {
            yield return ("drift", drift.Words);
        }

        if (summary.MedianTrainingMilliseconds is { } training)
        {
            yield return ("learning", FormattableString.Invariant(
                $"{summary.ModelsTrained} models trained, {training:F0} ms each (median)"));
        }

        yield return ("journal", summary.Journal.Intact
            ? $"{summary.Journal.Events} events, chain intact"
            : $"DAMAGED: {summary.Journal.FirstFault}");
        yield return ("time", FormattableString.Invariant($"{summary.DurationSeconds:F1} s"));
        yield return ("folder", summary.Folder);
    }

    public static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture);
}
