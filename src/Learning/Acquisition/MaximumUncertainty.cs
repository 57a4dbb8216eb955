namespace DklActors.Learning.Acquisition;

/// <summary>The latent standard deviation, in the scalarizer's unit: measures where the model knows least.</summary>
public sealed class MaximumUncertainty : IAcquisitionFunction
{
    public string Identity => "maximum-uncertainty";

    public void Score(AcquisitionInput input, Span<double> scores)
    {
        ArgumentNullException.ThrowIfNull(input);
        ReadOnlySpan<double> variance = input.Posterior.Variance;
        for (int i = 0; i < scores.Length; i++)
        {
            scores[i] = Math.Sqrt(variance[i]);
        }
    }
}
