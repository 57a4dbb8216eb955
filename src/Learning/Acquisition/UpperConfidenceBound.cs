namespace DklActors.Learning.Acquisition;

/// <summary>
/// Mean plus <paramref name="beta"/> standard deviations (Srinivas et al. 2010); for a minimum, minus the mean plus
/// <paramref name="beta"/> deviations. In the scalarizer's unit.
/// </summary>
public sealed class UpperConfidenceBound(double beta = 2.0) : IAcquisitionFunction
{
    public string Identity => FormattableString.Invariant($"upper-confidence-bound({beta:R})");

    public void Score(AcquisitionInput input, Span<double> scores)
    {
        ArgumentNullException.ThrowIfNull(input);
        ReadOnlySpan<double> mean = input.Posterior.Mean;
        ReadOnlySpan<double> variance = input.Posterior.Variance;
        for (int i = 0; i < scores.Length; i++)
        {
            scores[i] = (input.Sign * mean[i]) + (beta * Math.Sqrt(variance[i]));
        }
    }
}
