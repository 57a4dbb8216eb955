using DklActors.Host.Figures.Colours;

namespace DklActors.Host.Figures.Curves;

/// <summary>What was measured, and the best of it so far.</summary>
internal sealed class ValuePanel(string quantity, IReadOnlyList<LearningCurvePoint> points) : CurvePanel
{
    public override string Title => "Measured values and best so far";

    public override string Axis => quantity;

    public override double Height => 210;

    public override ValueRange Range => Airy(points.SelectMany(static point => new[] { point.Value, point.Best }));

    public override IReadOnlyList<LegendEntry> Legend
    {
        get
        {
            var entries = new List<LegendEntry>();
            if (points.Any(static point => point.IsSeed))
            {
                entries.Add(new("seed", static (svg, x, y) => CurveStyle.Square(svg, x, y, CurveStyle.Muted, "key")));
            }

            entries.Add(new("planned", static (svg, x, y) => CurveStyle.Dot(svg, x, y, CurveStyle.Measured, "key")));
            if (points.Any(static point => !double.IsFinite(point.Value)))
            {
                entries.Add(new(
                    "no value", static (svg, x, y) => CurveStyle.Cross(svg, x, y, CurveStyle.Outside, "key")));
            }

            entries.Add(new("best so far", static (svg, x, y) => svg.Line(
                x - 8, y, x + 8, y, ("stroke", CurveStyle.Best), ("stroke-width", "2"))));
            if (Refits.Any())
            {
                entries.Add(new("new model", static (svg, x, y) => PaintRefit(svg, x, y + 4, "key")));
            }

            return entries;
        }
    }

    // Points that were planned by another model than the point before them.
    private IEnumerable<LearningCurvePoint> Refits =>
        points.Zip(points.Skip(1)).Where(static p => p.First.ModelVersion != p.Second.ModelVersion)
            .Select(static p => p.Second);

    public override void Paint(SvgWriter svg, PlotArea area)
    {
        foreach (LearningCurvePoint point in Refits)
        {
            PaintRefit(svg, area.X(point.Step), area.Bottom, "refit");
        }

        PaintBest(svg, area);
        foreach (LearningCurvePoint point in points)
        {
            double x = area.X(point.Step);
            if (!double.IsFinite(point.Value))
            {
                CurveStyle.Cross(svg, x, area.Bottom - 14, CurveStyle.Outside, "no-value");
            }
            else if (point.IsSeed)
            {
                CurveStyle.Square(svg, x, area.Y(point.Value), CurveStyle.Muted, "seed");
            }
            else
            {
                CurveStyle.Dot(svg, x, area.Y(point.Value), CurveStyle.Measured, "planned");
            }
        }
    }

    // The best changes at a measurement, not between two: a stair.
    private void PaintBest(SvgWriter svg, PlotArea area)
    {
        var stair = new List<(double X, double Y)>();
        foreach (LearningCurvePoint point in points.Where(static point => double.IsFinite(point.Best)))
        {
            (double x, double y) = (area.X(point.Step), area.Y(point.Best));
            if (stair.Count > 0)
            {
                stair.Add((x, stair[^1].Y));
            }

            stair.Add((x, y));
        }

        svg.Polyline(stair, ("fill", "none"), ("stroke", CurveStyle.Best), ("stroke-width", "2"),
            ("stroke-linejoin", "round"), ("class", "best"));
    }

    private static void PaintRefit(SvgWriter svg, double x, double y, string kind) =>
        svg.Line(x, y, x, y - 8, ("stroke", CurveStyle.Muted), ("stroke-width", "1.2"), ("class", kind));
}
