using DklActors.Host.Figures.Axes;
using DklActors.Host.Figures.Colours;

namespace DklActors.Host.Figures.Curves;

/// <summary>A rectangle on the page in px with the values at its edges.</summary>
internal sealed record PlotArea(double Left, double Top, double Width, double Height)
{
    public required ValueRange Steps { get; init; }

    public required ValueRange Values { get; init; }

    public bool IsLogarithmic { get; init; }

    public double Right => Left + Width;

    public double Bottom => Top + Height;

    public IReadOnlyList<Tick> ValueTicks => IsLogarithmic
        ? NiceTicks.Logarithmic(Values.Low, Values.High)
        : NiceTicks.Linear(Values.Low, Values.High, 5);

    /// <summary>Whole steps only, by default: there is no measurement 2.5.</summary>
    public bool HasWholeSteps { get; init; } = true;

    public IEnumerable<Tick> StepTicks => HasWholeSteps
        ? NiceTicks.Linear(Steps.Low, Steps.High, 12)
            .Where(static tick => tick.Value == Math.Floor(tick.Value))
            .Select(static tick => tick with { Label = $"{tick.Value:F0}" })
        : NiceTicks.Linear(Steps.Low, Steps.High, 10);

    public double X(double step) => Left + (Steps.FractionOf(step) * Width);

    /// <summary>Height on the page, clamped to the area, so that an outlier's bar ends at the edge.</summary>
    public double Y(double value)
    {
        double fraction = IsLogarithmic
            ? Math.Log(Math.Max(value, double.Epsilon) / Values.Low) / Math.Log(Values.High / Values.Low)
            : Values.FractionOf(value);
        return Bottom - (Math.Clamp(fraction, 0, 1) * Height);
    }
}
