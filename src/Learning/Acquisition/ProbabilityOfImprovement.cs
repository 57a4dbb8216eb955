namespace DklActors.Learning.Acquisition;

/// <summary>
/// Probability, 0 to 1, that the latent value is better than the best so far by a margin (Kushner 1964): greedy
/// unless the margin is generous. For a target, the probability of being nearer to it.
/// </summary>
/// <param name="xi">The margin, in standard deviations of the scalars.</param>
public sealed class ProbabilityOfImprovement(double xi = 0.0) : IAcquisitionFunction
{
    public string Identity => FormattableString.Invariant($"probability-of-improvement({xi:R})");

    public void Score(AcquisitionInput input, Span<double> scores)
    {
        ArgumentNullException.ThrowIfNull(input);
        ReadOnlySpan<double> mean = input.Posterior.Mean;
        ReadOnlySpan<double> variance = input.Posterior.Variance;
        Improvement improvement = input.ImprovementBy(xi);
        for (int i = 0; i < scores.Length; i++)
        {
            scores[i] = improvement.Probability(mean[i], Math.Sqrt(variance[i]));
        }
    }
}
