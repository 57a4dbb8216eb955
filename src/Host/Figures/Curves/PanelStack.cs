using DklActors.Host.Figures.Axes;
using DklActors.Host.Figures.Colours;

namespace DklActors.Host.Figures.Curves;

/// <summary>Panels one below the other over one common axis, as an SVG document.</summary>
/// <param name="Title">Title over all.</param>
/// <param name="Panels">From top to bottom.</param>
/// <param name="Steps">Ends of the common axis.</param>
/// <param name="StepLabel">What the common axis counts.</param>
internal sealed record PanelStack(
    string Title, IReadOnlyList<CurvePanel> Panels, ValueRange Steps, string StepLabel)
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

    /// <summary>The last step of the part that is shaded in every panel, or null for no shade.</summary>
    public double? ShadedUpTo { get; init; }

    /// <summary>Whether the common axis counts: then only whole numbers are marked.</summary>
    public bool HasWholeSteps { get; init; } = true;

    public string Paint()
    {
        double stack = Panels.Sum(static panel => panel.Height + PanelHeader + PanelGap) - PanelGap;
        double height = HeaderHeight + stack + FooterHeight;
        using var svg = new SvgWriter(Width, height, Title);
        svg.Rectangle(0, 0, Width, height, ("fill", "white"));
        svg.Text(Left, 30, Title, ("font-size", "18"), ("font-weight", "600"), ("fill", CurveStyle.Ink));
        double top = HeaderHeight;
        for (int i = 0; i < Panels.Count; i++)
        {
            top += PanelHeader;
            PaintPanel(svg, Panels[i], top, isLast: i == Panels.Count - 1);
            top += Panels[i].Height + PanelGap;
        }

        return svg.Finish();
    }

    private void PaintPanel(SvgWriter svg, CurvePanel panel, double top, bool isLast)
    {
        var area = new PlotArea(Left, top, Width - Left - Right, panel.Height)
        {
            Steps = Steps,
            Values = panel.Range,
            IsLogarithmic = panel.IsLogarithmic,
            HasWholeSteps = HasWholeSteps,
        };
        svg.BeginGroup(("font-size", "12"), ("fill", CurveStyle.Ink));
        svg.Text(Left, top - 10, panel.Title, ("font-size", "13"), ("font-weight", "600"));
        PaintLegend(svg, panel.Legend, top - 14);
        PaintShade(svg, area);
        PaintAxes(svg, area, panel.Axis, isLast);
        panel.Paint(svg, area);
        svg.EndGroup();
    }

    private void PaintShade(SvgWriter svg, PlotArea area)
    {
        if (ShadedUpTo is { } last)
        {
            double end = area.X(Math.Min(last, area.Steps.High));
            svg.Rectangle(area.Left, area.Top, end - area.Left, area.Height, ("fill", CurveStyle.SeedBand));
        }
    }

    private void PaintAxes(SvgWriter svg, PlotArea area, string label, bool isLast)
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
            svg.Text(area.Left + (area.Width / 2), area.Bottom + 38, StepLabel, ("text-anchor", "middle"));
        }
    }

    private static void PaintLegend(SvgWriter svg, IReadOnlyList<LegendEntry> entries, double y)
    {
        double x = Width - Right;
        foreach (LegendEntry entry in entries.Reverse())
        {
            svg.Text(x, y + 4, entry.Words, ("text-anchor", "end"), ("fill", CurveStyle.Muted));
            x -= (entry.Words.Length * CharacterWidth) + 18;
            entry.PaintMark(svg, x, y);
            x -= 24;
        }
    }
}
