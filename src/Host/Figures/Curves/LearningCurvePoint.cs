namespace DklActors.Host.Figures.Curves;

/// <summary>One measurement as the learning curve shows it.</summary>
public sealed record LearningCurvePoint
{
    /// <summary>Number of the measurement, from 1.</summary>
    public required int Step { get; init; }

    /// <summary>The measured scalar; NaN where none came of the measurement.</summary>
    public required double Value { get; init; }

    /// <summary>Best scalar up to and including this measurement.</summary>
    public required double Best { get; init; }

    /// <summary>What the model said before the measurement.</summary>
    public double? PredictedMean { get; init; }

    /// <summary>Standard deviation of that prediction, noise included.</summary>
    public double? PredictedDeviation { get; init; }

    /// <summary>Root mean square error of the map against the known truth after the measurement.</summary>
    public double? Rmse { get; init; }

    /// <summary>Negative log predictive density per candidate against the known truth.</summary>
    public double? Nlpd { get; init; }

    /// <summary>Version of the model that planned the point; 0 before the first.</summary>
    public int ModelVersion { get; init; }

    public bool IsSeed { get; init; }
}
