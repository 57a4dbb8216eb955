namespace DklActors.Learning.Acquisition;

/// <summary>
/// Expected improvement over the best value so far (Mockus 1978; Jones, Schonlau and Welch 1998), in the scalarizer's
/// unit. <paramref name="xi"/>, in standard deviations of the scalars that the model was trained on, is the least
/// improvement that counts.
/// </summary>
public sealed class ExpectedImprovement(double xi = 0.0) : IAcquisitionFunction
{
    public string Identity => FormattableString.Invariant($"expected-improvement({xi:R})");

    public void Score(AcquisitionInput input, Span<double> scores)
    {
        ArgumentNullException.ThrowIfNull(input);
        ReadOnlySpan<double> mean = input.Posterior.Mean;
        ReadOnlySpan<double> variance = input.Posterior.Variance;
        double margin = xi * input.Posterior.Model.Scaling.Scale;
        for (int i = 0; i < scores.Length; i++)
        {
            double improvement = (input.Sign * (mean[i] - input.BestObserved)) - margin;
            double deviation = Math.Sqrt(variance[i]);
            // A certain candidate improves by exactly its improvement; the quotient would be 0/0.
            scores[i] = deviation > 0.0 && double.IsFinite(improvement / deviation)
                ? deviation * NormalDistribution.ExpectedPositivePart(improvement / deviation)
                : Math.Max(improvement, 0.0);
        }
    }
}
