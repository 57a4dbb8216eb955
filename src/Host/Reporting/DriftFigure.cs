using DklActors.Host.Figures.Colours;
using DklActors.Host.Figures.Curves;
using DklActors.Journal.Storage;
using DklActors.Messages.Events;

namespace DklActors.Host.Reporting;

/// <summary>How far the sample moved, look by look, and how well each look matched, over the frames recorded.</summary>
internal static class DriftFigure
{
    private const string RowsColour = CurveStyle.Measured;
    private const string ColumnsColour = CurveStyle.Best;

    /// <summary>Null where the drift was never looked at.</summary>
    /// <param name="title">Of the run.</param>
    /// <param name="events">Its events.</param>
    /// <param name="leastQuality">What the run trusted.</param>
    public static string? Of(string title, IEnumerable<StoredEvent> events, double leastQuality)
    {
        List<(double X, double Y)> rows = [(0, 0)];
        List<(double X, double Y)> columns = [(0, 0)];
        List<(double X, double Y)> quality = [];
        int frames = 0;
        foreach (JournalEvent journalEvent in events.Select(static stored => stored.Event))
        {
            switch (journalEvent)
            {
                case FrameRecorded:
                    frames++;
                    break;
                case DriftCorrected look:
                    quality.Add((frames, look.Quality));
                    if (look.Rejected is null)
                    {
                        rows.Add((frames, look.Shift.Rows));
                        columns.Add((frames, look.Shift.Columns));
                    }

                    break;
            }
        }

        return quality.Count == 0
            ? null
            : new PanelStack(
                $"{title}: drift",
                [
                    new LinePanel("How far the sample has moved", "px",
                    [
                        new LineCurve("rows", RowsColour, rows, []),
                        new LineCurve("columns", ColumnsColour, columns, []),
                    ]),
                    new LinePanel("Quality of the match", "0 to 1",
                        [new LineCurve(string.Empty, CurveStyle.Error, quality, [])])
                    {
                        Ideals = [leastQuality],
                    },
                ],
                new ValueRange(0, Math.Max(1, frames)),
                "frames recorded").Paint();
    }
}
