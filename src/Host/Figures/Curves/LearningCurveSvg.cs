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
    public string Render() => new LearningCurvePainter(this).Paint();
}
