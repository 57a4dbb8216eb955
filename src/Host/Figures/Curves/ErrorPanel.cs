using DklActors.Host.Figures.Axes;
using DklActors.Host.Figures.Colours;

namespace DklActors.Host.Figures.Curves;

/// <summary>How far the map is from the known truth, by one measure.</summary>
internal sealed class ErrorPanel : CurvePanel
{
    private readonly (int Step, double Value)[] _errors;
    private readonly string _title;
    private readonly string _colour;
    private readonly string _kind;
    private readonly bool _wantsLogarithm;

    /// <param name="title">What the measure is; its value after the last measurement is added.</param>
    /// <param name="axis">Label of the value axis.</param>
    /// <param name="kind">Class of the line.</param>
    /// <param name="colour">Colour of the line.</param>
    /// <param name="errors">Step and error; those that are not finite are left out.</param>
    /// <param name="isLogarithmic">Whether to use a logarithmic axis where all errors are positive.</param>
    public ErrorPanel(
        string title, string axis, string kind, string colour, IEnumerable<(int Step, double? Value)> errors,
        bool isLogarithmic)
    {
        _errors = [.. errors.Where(static e => e.Value is double value && double.IsFinite(value))
            .Select(static e => (e.Step, e.Value!.Value))];
        _title = title;
        Axis = axis;
        _kind = kind;
        _colour = colour;
        _wantsLogarithm = isLogarithmic;
    }

    public bool HasErrors => _errors.Length > 0;

    public override string Title =>
        HasErrors ? $"{_title}: {TickLabels.Significant(_errors[^1].Value)} at the end" : _title;

    public override string Axis { get; }

    public override double Height => 140;

    public override bool IsLogarithmic => _wantsLogarithm && _errors.All(static error => error.Value > 0);

    public override ValueRange Range
    {
        get
        {
            ValueRange range = ValueRange.Of([.. _errors.Select(static error => error.Value)]);
            return IsLogarithmic
                ? new ValueRange(range.Low * 0.85, range.High * 1.15)
                : Airy(_errors.Select(static error => error.Value).Append(range.Low >= 0 ? 0 : range.Low));
        }
    }

    public override IReadOnlyList<LegendEntry> Legend => [];

    public override void Paint(SvgWriter svg, PlotArea area)
    {
        svg.Polyline(_errors.Select(error => (area.X(error.Step), area.Y(error.Value))),
            ("fill", "none"), ("stroke", _colour), ("stroke-width", "1.8"), ("stroke-linejoin", "round"),
            ("class", _kind));
        foreach ((int step, double value) in _errors)
        {
            svg.Circle(area.X(step), area.Y(value), 2, ("fill", _colour), ("class", $"{_kind}-point"));
        }
    }
}
