using DklActors.Learning.Posteriors;

namespace DklActors.Learning.Acquisition;

/// <summary>One joint draw of the latent function over all candidates; measures where the draw is best.</summary>
/// <remarks>
/// Thompson 1933. The draw is pathwise (Wilson et al., "Efficiently sampling functions from Gaussian process
/// posteriors", ICML 2020): see <see cref="PosteriorSampler"/>. <paramref name="features"/> is the number of random
/// Fourier features that stand in for the prior.
/// </remarks>
public sealed class ThompsonSampling(int features = ThompsonSampling.DefaultFeatures) : IAcquisitionFunction
{
    public const int DefaultFeatures = 1024;

    public string Identity => FormattableString.Invariant($"thompson({features})");

    public void Score(AcquisitionInput input, Span<double> scores)
    {
        ArgumentNullException.ThrowIfNull(input);
        input.Posterior.Draw(input.Seed, features, scores);
        for (int i = 0; i < scores.Length; i++)
        {
            scores[i] = input.Goal.Merit(scores[i]);
        }
    }
}
