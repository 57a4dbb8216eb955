using DklActors.Host.Figures.Colours;

namespace DklActors.Host.Figures.Curves;

/// <summary>
/// The learning curve of a run, as SVG: values and best so far; predictions against what came; and, where the truth
/// is known, the error of the map.
/// </summary>
public sealed record LearningCurveSvg
{
    public required string Title { get; init; }

    /// <summary>What is measured, with its unit: "Si K band (counts)".</summary>
    public required string Quantity { get; init; }

    /// <summary>The measurements, in order; steps increase.</summary>
    public required IReadOnlyList<LearningCurvePoint> Points { get; init; }

    /// <summary>Whether the error has a logarithmic axis.</summary>
    public bool IsErrorLogarithmic { get; init; }

    /// <summary>The SVG document.</summary>
    public string Render()
    {
        int[] seeds = [.. Points.Where(static point => point.IsSeed).Select(static point => point.Step)];
        return new PanelStack(Title, [.. Panels()], Steps(), "measurement")
        {
            ShadedUpTo = seeds.Length > 0 ? seeds.Max() + 0.5 : null,
        }.Paint();
    }

    private IEnumerable<CurvePanel> Panels()
    {
        yield return new ValuePanel(Quantity, Points);
        var calibration = new CalibrationPanel(Quantity, Points);
        if (calibration.HasPredictions)
        {
            yield return calibration;
        }

        var error = new ErrorPanel(
            "Error of the map against the truth", "RMSE", "rmse", CurveStyle.Error,
            Points.Select(static p => (p.Step, p.Rmse)), IsErrorLogarithmic);
        if (error.HasErrors)
        {
            yield return error;
        }

        var density = new ErrorPanel(
            "Negative log predictive density of the truth", "NLPD", "nlpd", CurveStyle.Density,
            Points.Select(static p => (p.Step, p.Nlpd)), isLogarithmic: false);
        if (density.HasErrors)
        {
            yield return density;
        }
    }

    private ValueRange Steps() => Points.Count == 0
        ? new ValueRange(0.5, 1.5)
        : new ValueRange(
            Points.Min(static point => point.Step) - 0.8, Points.Max(static point => point.Step) + 0.8);
}
