namespace DklActors.Learning.Acquisition;

/// <summary>
/// Merit of the mean plus <paramref name="beta"/> standard deviations, in the scalarizer's unit: to maximise the
/// upper confidence bound (Srinivas et al. 2010), to minimise the negative lower one. For a target it is the
/// straddle heuristic β·σ − |μ − t| (Bryan et al. 2005).
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
            scores[i] = input.Goal.Merit(mean[i]) + (beta * Math.Sqrt(variance[i]));
        }
    }
}
