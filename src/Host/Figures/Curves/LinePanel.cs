using DklActors.Host.Figures.Colours;

namespace DklActors.Host.Figures.Curves;

/// <summary>Lines with bands over a measured axis, such as spectra over energy.</summary>
internal sealed class LinePanel(string title, string axis, IReadOnlyList<LineCurve> curves) : CurvePanel
{
    // Far below the highest value, a logarithmic axis would show rounding.
    private const double LargestDecades = 1e5;

    public override string Title => title;

    public override string Axis => axis;

    public override double Height => 190;

    /// <summary>Whether to draw on a logarithmic axis; every value of the first curve is then positive.</summary>
    public bool HasManyDecades { get; init; }

    /// <summary>Parts of the common axis to shade, with their names.</summary>
    public IReadOnlyList<(string Name, double From, double To)> Spans { get; init; } = [];

    /// <summary>Values to mark with dashed lines.</summary>
    public IReadOnlyList<double> Ideals { get; init; } = [];

    public override bool IsLogarithmic => HasManyDecades;

    public override ValueRange Range
    {
        get
        {
            double[] values = [.. curves.SelectMany(static curve => curve.Points).Select(static p => p.Y), .. Ideals];
            if (!HasManyDecades)
            {
                return Airy(values.Where(double.IsFinite));
            }

            double high = 2.0 * values.Max();
            return new ValueRange(Math.Max(0.5 * curves[0].Points.Min(static p => p.Y), high / LargestDecades), high);
        }
    }

    public override IReadOnlyList<LegendEntry> Legend =>
    [
        .. curves.Where(static curve => curve.Name.Length > 0).Select(static curve => new LegendEntry(
            curve.Name,
            (svg, x, y) => svg.Line(x - 9, y, x + 9, y, ("stroke", curve.Colour), ("stroke-width", "2")))),
    ];

    public override void Paint(SvgWriter svg, PlotArea area)
    {
        for (int i = 0; i < Spans.Count; i++)
        {
            (string name, double from, double to) = Spans[i];
            double left = Math.Clamp(area.X(from), area.Left, area.Right);
            double right = Math.Clamp(area.X(to), area.Left, area.Right);
            string colour = BandCurve.ColourOf(i + 1);
            svg.Rectangle(left, area.Top, right - left, area.Height,
                ("fill", colour), ("opacity", "0.18"), ("class", "span"));
            // Names of windows side by side stand one below the other.
            svg.Text(left + 3, area.Top + 14 + (14 * i), name, ("fill", colour), ("font-size", "11"));
        }

        foreach (double ideal in Ideals)
        {
            svg.Line(area.Left, area.Y(ideal), area.Right, area.Y(ideal),
                ("stroke", CurveStyle.Muted), ("stroke-dasharray", "4 4"));
        }

        foreach (LineCurve curve in curves)
        {
            if (curve.HalfWidths.Count > 0)
            {
                svg.Polyline(OnPage(curve.Upper).Concat(OnPage(curve.Lower).Reverse()),
                    ("fill", curve.Colour), ("opacity", "0.28"), ("class", "band"));
            }

            svg.Polyline(OnPage(curve.Points),
                ("fill", "none"), ("stroke", curve.Colour), ("stroke-width", SvgWriter.Number(curve.StrokeWidth)),
                ("stroke-linejoin", "round"), ("class", "line"));
        }

        IEnumerable<(double, double)> OnPage(IEnumerable<(double X, double Y)> points) =>
            points.Select(p => (area.X(p.X), area.Y(p.Y)));
    }
}
