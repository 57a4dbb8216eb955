using System.Globalization;
using DklActors.Journal.Export.Points;
using DklActors.Messages.Events;
using DklActors.Messages.Scalars;

namespace DklActors.Journal.Export;

/// <summary>Decisions and what became of them as comma-separated values (RFC 4180), one row a point.</summary>
/// <remarks>What is not known is an empty cell. Numbers are written so that they read back as the same ones.</remarks>
public static class DecisionTable
{
    private static readonly (string Name, Func<PointStory, object?> Value)[] Columns =
    [
        ("point", static story => story.Point.Value),
        ("outcome", static story => story.Outcome),
        ("planned_utc", static story => story.PlannedAt),
        ("target_row_px", static story => story.Planned.Target.Row),
        ("target_column_px", static story => story.Planned.Target.Column),
        ("reason", static story => story.Planned.Basis.Reason),
        ("model_version", static story => story.Planned.Basis.ModelVersion),
        ("observations", static story => story.Planned.Basis.Observations),
        ("pending", static story => string.Join(' ', story.Planned.Basis.Pending.Select(point => point.Value))),
        ("score", static story => story.Planned.Basis.Score),
        ("predicted_mean", static story => story.Planned.Basis.PredictedMean),
        ("predicted_deviation", static story => story.Planned.Basis.PredictedDeviation),
        ("scalar", static story => ScalarOf(story)?.Value),
        ("standard_error", static story => ScalarOf(story)?.StandardError),
        ("quality", static story => ScalarOf(story)?.Quality),
        ("attempts", static story => story.Attempts),
        ("requested_row_px", static story => story.Frame?.Requested.Row),
        ("requested_column_px", static story => story.Frame?.Requested.Column),
        ("probe_row_px", static story => story.Frame?.ReadBack.Row),
        ("probe_column_px", static story => story.Frame?.ReadBack.Column),
        ("patch_row_px", static story => story.Frame?.Patch.Row),
        ("patch_column_px", static story => story.Frame?.Patch.Column),
        ("charged_electrons", static story => story.ChargedElectrons),
        ("planning_s", static story => story.Planned.Took),
        ("dwell_s", static story => story.Dwell),
        ("exposure_start_s", static story => story.Frame?.Timing.ExposureStart),
        ("moving_s", static story => story.Frame?.Timing.Moved),
        ("exposing_s", static story => story.Frame?.Timing.Exposed),
        ("readout_s", static story => story.Frame?.Timing.ReadOut),
        ("scalarizing_s", static story => story.Scalarized?.Took),
        ("recorded_utc", static story => story.FrameAt),
        ("frame_sha256", static story => story.Frame?.FrameHash),
        ("remark", static story => story.Remark),
    ];

    /// <returns>Rows written.</returns>
    public static long Write(TextWriter writer, IEnumerable<PointStory> points)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(points);
        WriteRow(writer, Columns.Select(static column => column.Name));
        long rows = 0;
        foreach (PointStory story in points)
        {
            WriteRow(writer, Columns.Select(column => TextOf(column.Value(story))));
            rows++;
        }

        return rows;
    }

    private static ScalarResult? ScalarOf(PointStory story) => story.Scalarized?.Scalar;

    private static void WriteRow(TextWriter writer, IEnumerable<string> cells)
    {
        writer.Write(string.Join(',', cells.Select(Quoted)));
        writer.Write("\r\n");
    }

    private static string TextOf(object? value) => value switch
    {
        null or double.NaN => string.Empty,
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        TimeSpan duration => duration.TotalSeconds.ToString("R", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture),
        Enum word => ExportWords.Of(word),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => $"{value}",
    };

    private static string Quoted(string cell) => cell.AsSpan().IndexOfAny("\",\r\n") < 0
        ? cell
        : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
