using DklActors.Host.Figures.Colours;

namespace DklActors.Host.Figures.Curves;

/// <summary>What the model said before each measurement, ± 2σ, and what came: is its uncertainty honest?</summary>
internal sealed class CalibrationPanel : CurvePanel
{
    private readonly string _quantity;
    private readonly LearningCurvePoint[] _predicted;

    public CalibrationPanel(string quantity, IReadOnlyList<LearningCurvePoint> points)
    {
        _quantity = quantity;
        _predicted = [.. points.Where(IsPredicted)];
    }

    /// <summary>Of a normal distribution 95 % lies within two standard deviations.</summary>
    public override string Title =>
        $"Predicted before measuring: {_predicted.Count(IsInside)} of {_predicted.Length} within ±2σ";

    public bool HasPredictions => _predicted.Length > 0;

    public override string Axis => _quantity;

    public override double Height => 210;

    public override ValueRange Range => Airy(_predicted.SelectMany(static point =>
        new[] { point.Value, Low(point), High(point) }));

    public override IReadOnlyList<LegendEntry> Legend =>
    [
        new("prediction ±2σ", static (svg, x, y) =>
        {
            svg.Rectangle(x - 3, y - 7, 6, 14, ("fill", CurveStyle.Band), ("opacity", "0.7"));
            svg.Line(x - 4, y, x + 4, y, ("stroke", CurveStyle.Ink), ("stroke-width", "1.4"));
        }),
        new("came within", static (svg, x, y) => CurveStyle.Dot(svg, x, y, CurveStyle.Measured, "key")),
        new("came outside", static (svg, x, y) => CurveStyle.Dot(svg, x, y, CurveStyle.Outside, "key")),
    ];

    public override void Paint(SvgWriter svg, PlotArea area)
    {
        double width = Math.Clamp(0.62 * area.Width / (area.Steps.High - area.Steps.Low), 1.5, 12);
        foreach (LearningCurvePoint point in _predicted)
        {
            double x = area.X(point.Step);
            double top = area.Y(High(point));
            svg.Rectangle(x - (width / 2), top, width, Math.Max(0.5, area.Y(Low(point)) - top),
                ("fill", CurveStyle.Band), ("opacity", "0.7"), ("class", "band"));
            double mean = area.Y(point.PredictedMean!.Value);
            svg.Line(x - (width / 2), mean, x + (width / 2), mean,
                ("stroke", CurveStyle.Ink), ("stroke-width", "1.4"), ("class", "mean"));
        }

        foreach (LearningCurvePoint point in _predicted)
        {
            bool isInside = IsInside(point);
            CurveStyle.Dot(svg, area.X(point.Step), area.Y(point.Value),
                isInside ? CurveStyle.Measured : CurveStyle.Outside, isInside ? "inside" : "outside");
        }
    }

    private static bool IsPredicted(LearningCurvePoint point) =>
        double.IsFinite(point.Value) && point.PredictedMean is double mean && double.IsFinite(mean)
        && point.PredictedDeviation is double deviation && double.IsFinite(deviation);

    private static double Low(LearningCurvePoint point) =>
        point.PredictedMean!.Value - (2 * point.PredictedDeviation!.Value);

    private static double High(LearningCurvePoint point) =>
        point.PredictedMean!.Value + (2 * point.PredictedDeviation!.Value);

    private static bool IsInside(LearningCurvePoint point) => point.Value >= Low(point) && point.Value <= High(point);
}
