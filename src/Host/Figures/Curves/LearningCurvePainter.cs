using DklActors.Host.Figures.Axes;
using DklActors.Host.Figures.Colours;

namespace DklActors.Host.Figures.Curves;

/// <summary>Stacks the panels over one axis of measurements.</summary>
internal sealed class LearningCurvePainter(LearningCurveSvg figure)
{
    private const double Width = 920;
    private const double Left = 84;
    private const double Right = 26;
    private const double HeaderHeight = 48;
    private const double PanelHeader = 34;
    private const double PanelGap = 22;
    private const double FooterHeight = 50;

    // Mean width of a character of the legend, which no measure of text stands behind.
    private const double CharacterWidth = 6.4;

    public string Paint()
    {
        CurvePanel[] panels = [.. Panels()];
        double stack = panels.Sum(static panel => panel.Height + PanelHeader + PanelGap) - PanelGap;
        double height = HeaderHeight + stack + FooterHeight;
        using var svg = new SvgWriter(Width, height, figure.Title);
        svg.Rectangle(0, 0, Width, height, ("fill", "white"));
        svg.Text(Left, 30, figure.Title, ("font-size", "18"), ("font-weight", "600"), ("fill", CurveStyle.Ink));
        double top = HeaderHeight;
        for (int i = 0; i < panels.Length; i++)
        {
            top += PanelHeader;
            PaintPanel(svg, panels[i], top, isLast: i == panels.Length - 1);
            top += panels[i].Height + PanelGap;
        }

        return svg.Finish();
    }

    private IEnumerable<CurvePanel> Panels()
    {
        yield return new ValuePanel(figure.Quantity, figure.Points);
        var calibration = new CalibrationPanel(figure.Quantity, figure.Points);
        if (calibration.HasPredictions)
        {
            yield return calibration;
        }

        var error = new ErrorPanel(
            "Error of the map against the truth", "RMSE", "rmse", CurveStyle.Error,
            figure.Points.Select(static p => (p.Step, p.Rmse)), figure.IsErrorLogarithmic);
        if (error.HasErrors)
        {
            yield return error;
        }

        var density = new ErrorPanel(
            "Negative log predictive density of the truth", "NLPD", "nlpd", CurveStyle.Density,
            figure.Points.Select(static p => (p.Step, p.Nlpd)), isLogarithmic: false);
        if (density.HasErrors)
        {
            yield return density;
        }
    }

    private void PaintPanel(SvgWriter svg, CurvePanel panel, double top, bool isLast)
    {
        var area = new PlotArea(Left, top, Width - Left - Right, panel.Height)
        {
            Steps = Steps(),
            Values = panel.Range,
            IsLogarithmic = panel.IsLogarithmic,
        };
        svg.BeginGroup(("font-size", "12"), ("fill", CurveStyle.Ink));
        svg.Text(Left, top - 10, panel.Title, ("font-size", "13"), ("font-weight", "600"));
        PaintLegend(svg, panel.Legend, top - 14);
        PaintSeedBand(svg, area);
        PaintAxes(svg, area, panel.Axis, isLast);
        panel.Paint(svg, area);
        svg.EndGroup();
    }

    private ValueRange Steps() => figure.Points.Count == 0
        ? new ValueRange(0.5, 1.5)
        : new ValueRange(
            figure.Points.Min(static point => point.Step) - 0.8, figure.Points.Max(static point => point.Step) + 0.8);

    private void PaintSeedBand(SvgWriter svg, PlotArea area)
    {
        int[] seeds = [.. figure.Points.Where(static point => point.IsSeed).Select(static point => point.Step)];
        if (seeds.Length > 0)
        {
            double end = area.X(Math.Min(seeds.Max() + 0.5, area.Steps.High));
            svg.Rectangle(area.Left, area.Top, end - area.Left, area.Height, ("fill", CurveStyle.SeedBand));
        }
    }

    private static void PaintAxes(SvgWriter svg, PlotArea area, string label, bool isLast)
    {
        (string, string) grid = ("stroke", CurveStyle.Grid);
        foreach (Tick tick in area.ValueTicks)
        {
            double y = area.Y(tick.Value);
            svg.Line(area.Left, y, area.Right, y, grid);
            svg.Text(area.Left - 8, y + 4, tick.Label, ("text-anchor", "end"), ("fill", CurveStyle.Muted));
        }

        foreach (Tick tick in area.StepTicks)
        {
            double x = area.X(tick.Value);
            svg.Line(x, area.Bottom, x, area.Bottom + 4, ("stroke", CurveStyle.Ink));
            if (isLast)
            {
                svg.Text(x, area.Bottom + 18, tick.Label, ("text-anchor", "middle"), ("fill", CurveStyle.Muted));
            }
        }

        svg.Line(area.Left, area.Bottom, area.Right, area.Bottom, ("stroke", CurveStyle.Ink));
        svg.Line(area.Left, area.Top, area.Left, area.Bottom, ("stroke", CurveStyle.Ink));
        double middle = area.Top + (area.Height / 2);
        svg.Text(20, middle, label, ("text-anchor", "middle"),
            ("transform", $"rotate(-90 20 {SvgWriter.Number(middle)})"));
        if (isLast)
        {
            svg.Text(area.Left + (area.Width / 2), area.Bottom + 38, "measurement", ("text-anchor", "middle"));
        }
    }

    private static void PaintLegend(SvgWriter svg, IReadOnlyList<LegendEntry> entries, double y)
    {
        double x = Width - Right;
        foreach (LegendEntry entry in entries.Reverse())
        {
            svg.Text(x, y + 4, entry.Words, ("text-anchor", "end"), ("fill", CurveStyle.Muted));
            x -= (entry.Words.Length * CharacterWidth) + 14;
            entry.PaintMark(svg, x, y);
            x -= 24;
        }
    }
}
