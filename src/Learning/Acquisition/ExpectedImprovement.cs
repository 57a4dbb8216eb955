namespace DklActors.Learning.Acquisition;

/// <summary>
/// Expected improvement over the best value so far (Mockus 1978; Jones, Schonlau and Welch 1998), in the scalarizer's
/// unit. <paramref name="xi"/>, in standard deviations of the scalars that the model was trained on, is the least
/// improvement that counts. For a target see <see cref="Improvement"/>.
/// </summary>
public sealed class ExpectedImprovement(double xi = 0.0) : IAcquisitionFunction
{
    public string Identity => FormattableString.Invariant($"expected-improvement({xi:R})");

    public void Score(AcquisitionInput input, Span<double> scores)
    {
        ArgumentNullException.ThrowIfNull(input);
        ReadOnlySpan<double> mean = input.Posterior.Mean;
        ReadOnlySpan<double> variance = input.Posterior.Variance;
        Improvement improvement = input.ImprovementBy(xi);
        for (int i = 0; i < scores.Length; i++)
        {
            scores[i] = improvement.Expected(mean[i], Math.Sqrt(variance[i]));
        }
    }
}
