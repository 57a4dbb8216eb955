using DklActors.Learning.Posteriors;

namespace DklActors.Learning.Acquisition;

/// <summary>
/// By how much measuring a candidate x would lower the latent variance on average over the whole map, in the
/// scalarizer's unit squared: mean over s of cov(x, s)²/(var(x) + noise). Unlike the greatest variance it does not
/// chase lone corners from which nothing else can be learned.
/// </summary>
/// <remarks>
/// ALC of Cohn ("Neural network exploration using optimal experiment design", NIPS 1993; Neural Networks 1996), the
/// sequential form of IMSE designs (Sacks et al. 1989). The mean runs over S reference candidates drawn anew for each
/// decision from its seed, without replacement; over all of them where there are no more. Cost O(M·S·(N + d)).
/// </remarks>
/// <param name="references">S.</param>
public sealed class IntegratedVarianceReduction(int references = IntegratedVarianceReduction.DefaultReferences)
    : IAcquisitionFunction
{
    public const int DefaultReferences = 128;

    public string Identity => FormattableString.Invariant($"integrated-variance-reduction({references})");

    public void Score(AcquisitionInput input, Span<double> scores)
    {
        ArgumentNullException.ThrowIfNull(input);
        Score(input.Posterior, CandidateSubset.Draw(input.Posterior.Model.Count, references, input.Seed), scores);
    }

    /// <summary>As <see cref="Score(AcquisitionInput, Span{double})"/>, over references that are given.</summary>
    internal static void Score(Posterior posterior, int[] subset, Span<double> scores)
    {
        double[] reduction = new double[scores.Length];
        PosteriorCovariances.Visit(posterior, subset, tile =>
        {
            Span<double> sums = reduction.AsSpan(tile.Start, tile.Length);
            for (int s = 0; s < subset.Length; s++)
            {
                ReadOnlySpan<double> row = tile.Row(s);
                for (int i = 0; i < sums.Length; i++)
                {
                    sums[i] += row[i] * row[i];
                }
            }
        });
        ReadOnlySpan<double> variance = posterior.Variance;
        for (int i = 0; i < scores.Length; i++)
        {
            double measured = variance[i] + posterior.NoiseVariance;
            // A candidate that is known exactly teaches nothing.
            scores[i] = variance[i] > 0.0 ? reduction[i] / measured / subset.Length : 0.0;
        }
    }
}
