using DklActors.Host.Composition;
using DklActors.Host.Figures.Colours;
using DklActors.Host.Figures.Curves;
using DklActors.Host.Figures.Maps;
using DklActors.Host.Reporting;
using DklActors.Host.Running;
using DklActors.Learning.Candidates;
using DklActors.Learning.Posteriors;
using DklActors.Learning.Scoring;
using DklActors.Messages.Events;
using DklActors.Messages.Scalars;

namespace DklActors.Host.Replaying;

/// <summary>A run beside what it would have been: two maps with their uncertainty, and both learning curves.</summary>
internal static class WhatIfFigures
{
    public const string Recorded = "as recorded";

    /// <summary>The map of a run, or of the other choice.</summary>
    public sealed record Side(
        string Name, RunDesign Design, CandidateSet Candidates, Posterior Belief, IReadOnlyList<VisitedPoint> Visited);

    public static byte[] Maps(string title, Side recorded, Side other)
    {
        bool isSameQuantity = recorded.Design.Scalarizer.Identity == other.Design.Scalarizer.Identity;
        ValueRange? shared = isSameQuantity
            ? ValueRange.Of(recorded.Belief.Mean).Union(ValueRange.Of(other.Belief.Mean))
            : null;
        double[] recordedDeviation = recorded.Belief.LatentDeviations();
        double[] otherDeviation = other.Belief.LatentDeviations();
        ValueRange? sharedDeviation = isSameQuantity
            ? ValueRange.Of(recordedDeviation).Union(ValueRange.Of(otherDeviation))
            : null;
        var panel = new MapPanel
        {
            Title = title,
            Columns = 2,
            Maps =
            [
                MapOf(recorded, "Prediction", recorded.Belief.Mean.ToArray(), ColourMap.Viridis, shared),
                MapOf(other, "Prediction", other.Belief.Mean.ToArray(), ColourMap.Viridis, shared),
                MapOf(recorded, "Uncertainty (1σ)", recordedDeviation, ColourMap.Cividis, sharedDeviation),
                MapOf(other, "Uncertainty (1σ)", otherDeviation, ColourMap.Cividis, sharedDeviation),
            ],
        };
        return panel.Render().ToPng(title);
    }

    /// <summary>Best so far and, where the map is known, its error; by measurement.</summary>
    public static string Curves(string title, RunDesign design, RunRecord recorded, RunDesign other, RunRecord run)
    {
        (string Name, RunDesign Design, RunRecord Record)[] sides =
            [(Recorded, design, recorded), ("what if", other, run)];
        bool isSameQuantity = design.Scalarizer.Identity == other.Scalarizer.Identity;
        List<CurvePanel> panels = [];
        if (isSameQuantity)
        {
            panels.Add(Panel("Best value so far", FigureWriter.QuantityOf(design), BestOf));
        }

        if (sides.All(side => !side.Record.Scores.IsEmpty))
        {
            panels.Add(Panel(
                "Error of the map against its truth, scaled to 0–1", "RMSE",
                (_, record) => ScoresOf(record, score => score.Rmse)));
            panels.Add(Panel(
                "Negative log predictive density of the truth", "NLPD",
                (_, record) => ScoresOf(record, score => score.Nlpd)));
        }

        if (panels.Count == 0)
        {
            panels.Add(Panel("Best value so far, each in its own unit", "best", BestOf));
        }

        int last = sides.Max(side => side.Record.State.Measured);
        return new PanelStack(title, panels, new ValueRange(0.2, last + 0.8), "measurement").Paint();

        BandPanel Panel(
            string heading, string axis, Func<RunDesign, RunRecord, IEnumerable<(int Step, double Value)>> of) =>
            new(heading, axis,
            [
                .. sides.Select((side, i) => new BandCurve(
                    side.Name,
                    BandCurve.ColourOf(i == 0 ? 2 : 4),
                    [
                        .. of(side.Design, side.Record).Where(point => double.IsFinite(point.Value))
                            .Select(point => new BandPoint(point.Step, point.Value, point.Value, point.Value)),
                    ])),
            ]);
    }

    public static VisitedPoint[] VisitedIn(RunRecord record) =>
    [
        .. record.State.Points.Values.Where(point => point.Frame is not null).Select(point => new VisitedPoint(
            point.Frame!.Patch, point.Basis.Reason == PlanningReason.Seed, point.Scalar?.Value)),
    ];

    private static IEnumerable<(int Step, double Value)> BestOf(RunDesign design, RunRecord record)
    {
        double best = double.NaN;
        int step = 0;
        foreach (PointScalarized point in record.Events.Select(stored => stored.Event).OfType<PointScalarized>())
        {
            step++;
            double value = point.Scalar.Value;
            if (point.Scalar.Quality != ScalarQuality.Bad
                && !(design.Settings.Plan.Goal.Merit(value) <= design.Settings.Plan.Goal.Merit(best)))
            {
                best = value;
            }

            yield return (step, best);
        }
    }

    private static IEnumerable<(int Step, double Value)> ScoresOf(RunRecord record, Func<MapScore, double> of) =>
        record.Scores.Select(entry => (entry.Key, of(entry.Value)));

    private static MapFigure MapOf(
        Side side, string what, double[] values, ColourMap colours, ValueRange? range) => new()
        {
            Title = $"{what}, {side.Name}",
            Shape = side.Candidates.Image.Shape,
            Values = CandidateMap.Paint(side.Candidates, values, side.Design.Settings.SiteExtent),
            PixelSize = side.Candidates.Image.PixelSize,
            Quantity = FigureWriter.QuantityOf(side.Design),
            Colours = colours,
            Range = range,
            Visited = side.Visited,
        };
}
