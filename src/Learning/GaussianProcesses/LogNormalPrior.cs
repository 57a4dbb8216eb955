namespace DklActors.Learning.GaussianProcesses;

/// <summary>A prior on a positive hyperparameter: its logarithm is normal.</summary>
/// <param name="Median">Median, in the hyperparameter's unit.</param>
/// <param name="LogDeviation">Standard deviation of the natural logarithm; infinity for no prior at all.</param>
public readonly record struct LogNormalPrior(double Median, double LogDeviation)
{
    /// <summary>Negative log density of the logarithm, without its constant, and its slope.</summary>
    internal (double Value, double Slope) Penalty(double logarithm)
    {
        double distance = (logarithm - Math.Log(Median)) / LogDeviation;
        return (0.5 * distance * distance, distance / LogDeviation);
    }

    internal bool IsValid => Median > 0.0 && double.IsFinite(Median) && LogDeviation > 0.0;
}
