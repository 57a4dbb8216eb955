using DklActors.Host.Figures.Colours;

namespace DklActors.Host.Figures.Curves;

/// <summary>Curves with bands: one a strategy, the median over seeds within the quartiles.</summary>
internal sealed class BandPanel : CurvePanel
{
    private readonly IReadOnlyList<BandCurve> _curves;
    private readonly double? _ideal;

    /// <param name="title">What is shown.</param>
    /// <param name="axis">Label of the value axis.</param>
    /// <param name="curves">The curves, in the order of the legend.</param>
    /// <param name="ideal">A value to mark with a dashed line, or null.</param>
    public BandPanel(string title, string axis, IReadOnlyList<BandCurve> curves, double? ideal = null)
    {
        Title = title;
        Axis = axis;
        _curves = curves;
        _ideal = ideal;
    }

    public override string Title { get; }

    public override string Axis { get; }

    public override double Height => 210;

    public override ValueRange Range => Airy(_curves
        .SelectMany(static curve => curve.Points)
        .SelectMany(static point => new[] { point.Low, point.High })
        .Where(double.IsFinite)
        .Concat(_ideal is { } ideal ? [ideal] : []));

    public override IReadOnlyList<LegendEntry> Legend =>
    [
        .. _curves.Select(static curve => new LegendEntry(curve.Name, (svg, x, y) =>
            svg.Line(x - 9, y, x + 9, y, ("stroke", curve.Colour), ("stroke-width", "2")))),
    ];

    public override void Paint(SvgWriter svg, PlotArea area)
    {
        if (_ideal is { } ideal)
        {
            svg.Line(area.Left, area.Y(ideal), area.Right, area.Y(ideal),
                ("stroke", CurveStyle.Muted), ("stroke-dasharray", "4 4"));
        }

        foreach (BandCurve curve in _curves)
        {
            IEnumerable<(double, double)> upper = curve.Points.Select(p => (area.X(p.Step), area.Y(p.High)));
            IEnumerable<(double, double)> lower = curve.Points.Select(p => (area.X(p.Step), area.Y(p.Low)));
            svg.Polyline(upper.Concat(lower.Reverse()),
                ("fill", curve.Colour), ("opacity", "0.13"), ("class", "band"));
        }

        foreach (BandCurve curve in _curves)
        {
            svg.Polyline(curve.Points.Select(p => (area.X(p.Step), area.Y(p.Median))),
                ("fill", "none"), ("stroke", curve.Colour), ("stroke-width", "2"), ("stroke-linejoin", "round"),
                ("class", "median"));
        }
    }
}
