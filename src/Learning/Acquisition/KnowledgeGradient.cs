using DklActors.Learning.Posteriors;

namespace DklActors.Learning.Acquisition;

/// <summary>
/// Expected rise of the best posterior mean by measuring a candidate, in the scalarizer's unit: what one more
/// measurement is worth if the run ended after it, wherever the best is then believed to be.
/// </summary>
/// <remarks>
/// <para>
/// Knowledge gradient for correlated beliefs (Frazier, Powell and Dayanik, INFORMS J. Comput. 2009): measuring x moves
/// the mean at j to μ(j) + σ̃(j)·Z with σ̃(j) = cov(j, x)/√(var(x) + noise), and E max over j is exact over the upper
/// envelope of these lines (<see cref="LineEnvelope"/>). With a target the merit of a line is no line, and the
/// expectation is the mean over equally likely <see cref="Quantiles"/> of Z.
/// </para>
/// <para>
/// The maximum runs over x itself and A alternatives, so that the result is a lower bound, exact for A ≥ M: the
/// candidates of greatest merit of the mean plus one deviation, that of greatest merit of the mean among them.
/// Cost O(M·A·(N + d + log A)), with a target O(M·A·(N + d + quantiles)).
/// </para>
/// </remarks>
/// <param name="alternatives">A.</param>
public sealed class KnowledgeGradient(int alternatives = KnowledgeGradient.DefaultAlternatives)
    : IAcquisitionFunction
{
    public const int DefaultAlternatives = 64;

    private const int QuantileCount = 64;

    private static readonly double[] Quantiles =
    [
        .. Enumerable.Range(0, QuantileCount)
            .Select(static i => NormalDistribution.Quantile((i + 0.5) / QuantileCount)),
    ];

    public string Identity => FormattableString.Invariant($"knowledge-gradient({alternatives})");

    public void Score(AcquisitionInput input, Span<double> scores)
    {
        ArgumentNullException.ThrowIfNull(input);
        Posterior posterior = input.Posterior;
        Goal goal = input.Goal;
        int[] chosen = AlternativesOf(posterior, goal, out double bestMerit);
        double[] gains = new double[scores.Length];
        PosteriorCovariances.Visit(posterior, chosen, tile =>
        {
            double[] means = new double[chosen.Length + 1];
            double[] slopes = new double[chosen.Length + 1];
            for (int i = 0; i < tile.Length; i++)
            {
                int candidate = tile.Start + i;
                double variance = posterior.Variance[candidate];
                if (variance <= 0.0)
                {
                    continue;
                }

                double unit = 1.0 / Math.Sqrt(variance + posterior.NoiseVariance);
                for (int a = 0; a < chosen.Length; a++)
                {
                    means[a] = posterior.Mean[chosen[a]];
                    slopes[a] = tile.Row(a)[i] * unit;
                }

                means[^1] = posterior.Mean[candidate];
                slopes[^1] = variance * unit;
                double gain = goal.Kind == GoalKind.Hit
                    ? OverQuantiles(goal, means, slopes) - bestMerit
                    : LineEnvelope.ExpectedRise(ToMerits(goal, means), slopes);
                gains[candidate] = Math.Max(gain, 0.0);
            }
        });
        gains.AsSpan().CopyTo(scores);
    }

    private int[] AlternativesOf(Posterior posterior, Goal goal, out double bestMerit)
    {
        ReadOnlySpan<double> mean = posterior.Mean;
        ReadOnlySpan<double> variance = posterior.Variance;
        double[] hopes = new double[mean.Length];
        int best = 0;
        for (int i = 0; i < hopes.Length; i++)
        {
            hopes[i] = goal.Merit(mean[i]) + Math.Sqrt(variance[i]);
            best = goal.Merit(mean[i]) > goal.Merit(mean[best]) ? i : best;
        }

        bestMerit = goal.Merit(mean[best]);
        hopes[best] = double.PositiveInfinity;
        return CandidateSubset.Greatest(hopes, alternatives);
    }

    // Z is symmetric: only the intercepts turn with the goal.
    private static double[] ToMerits(Goal goal, double[] means)
    {
        for (int i = 0; i < means.Length; i++)
        {
            means[i] = goal.Merit(means[i]);
        }

        return means;
    }

    private static double OverQuantiles(Goal goal, double[] means, double[] slopes)
    {
        double sum = 0.0;
        foreach (double z in Quantiles)
        {
            double best = double.NegativeInfinity;
            for (int i = 0; i < means.Length; i++)
            {
                best = Math.Max(best, goal.Merit(Math.FusedMultiplyAdd(slopes[i], z, means[i])));
            }

            sum += best;
        }

        return sum / Quantiles.Length;
    }
}
