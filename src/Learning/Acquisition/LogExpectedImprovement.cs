namespace DklActors.Learning.Acquisition;

/// <summary>
/// Natural logarithm of <see cref="ExpectedImprovement"/> (Ament et al., "Unexpected improvements to expected
/// improvement", NeurIPS 2023): the same order of candidates, also where the improvement itself is too small for a
/// double and all candidates would tie at 0. The improvement is counted in the scalarizer's unit.
/// </summary>
/// <param name="xi">Least improvement that counts, in standard deviations of the scalars.</param>
public sealed class LogExpectedImprovement(double xi = 0.0) : IAcquisitionFunction
{
    public string Identity => FormattableString.Invariant($"log-expected-improvement({xi:R})");

    public void Score(AcquisitionInput input, Span<double> scores)
    {
        ArgumentNullException.ThrowIfNull(input);
        ReadOnlySpan<double> mean = input.Posterior.Mean;
        ReadOnlySpan<double> variance = input.Posterior.Variance;
        Improvement improvement = input.ImprovementBy(xi);
        for (int i = 0; i < scores.Length; i++)
        {
            scores[i] = improvement.LogExpected(mean[i], Math.Sqrt(variance[i]));
        }
    }

    public bool ScoresAreLogarithms(AcquisitionInput input) => true;
}
