using DklActors.Learning.Linear;
using DklActors.Learning.Posteriors;
using DklActors.Learning.Randomness;

namespace DklActors.Learning.Acquisition;

/// <summary>
/// Expected improvement over the best of the measured places, in the scalarizer's unit, where noise leaves open how
/// good these are: the mean of the closed form over draws of the latent function at them, each taken as exact.
/// A lucky outlier is not taken for the best.
/// </summary>
/// <remarks>
/// <para>
/// Letham, Karrer, Ottoni and Bakshy, "Constrained Bayesian optimization with noisy experiments", Bayesian Analysis
/// 2019 (arXiv:1706.07094). With the factor L of the latent posterior covariance at the measured places, a draw is
/// f = μ + L·z, its mean everywhere μ + B′z and its variance σ² − Σ B² with B = L⁻¹·cov: z alone differs between
/// draws, and is the same for all candidates (common random numbers). The z are a randomised Halton sequence
/// (<see cref="HaltonSequence"/>) from the decision's seed. Pending points count as places measured without noise to
/// come: they are integrated over like the others.
/// </para>
/// <para>
/// The best is sought among the 64 places of greatest merit of the mean plus two deviations; others are hardly ever
/// best. Cost O(M·P·(N + d + K)) for P of them and K draws.
/// </para>
/// </remarks>
/// <param name="samples">K.</param>
public sealed class NoisyExpectedImprovement(int samples = NoisyExpectedImprovement.DefaultSamples)
    : IAcquisitionFunction
{
    public const int DefaultSamples = 64;

    private const int MostPlaces = 64;
    private const double Hope = 2.0;

    // Added to the covariance of places that are known almost exactly, relative to the prior variance.
    private const double LeastFloor = 1e-9;
    private const double MostFloor = 1e-3;

    public string Identity => FormattableString.Invariant($"noisy-expected-improvement({samples})");

    public void Score(AcquisitionInput input, Span<double> scores)
    {
        ArgumentNullException.ThrowIfNull(input);
        Posterior posterior = input.Posterior;
        int[] places = MostPromising(posterior, input.Goal);
        if (places.Length == 0)
        {
            new ExpectedImprovement().Score(input, scores);
            return;
        }

        double[] factor = Factorise(posterior, places);
        double[][] draws = HaltonSequence.Normal(samples, places.Length, input.Seed);
        Improvement[] improvements = Array.ConvertAll(draws, draw => ImprovementOver(input, places, factor, draw));
        double[] sums = new double[scores.Length];
        PosteriorCovariances.Visit(posterior, places, tile =>
        {
            SolveForward(factor, places.Length, tile);
            double[] deviations = DeviationsGiven(places.Length, tile, posterior);
            double[] means = new double[tile.Stride];
            for (int k = 0; k < draws.Length; k++)
            {
                posterior.Mean.Slice(tile.Start, tile.Length).CopyTo(means);
                for (int p = 0; p < places.Length; p++)
                {
                    VectorKernels.AddScaled(draws[k][p], tile.PaddedRow(p), means);
                }

                for (int i = 0; i < tile.Length; i++)
                {
                    sums[tile.Start + i] += improvements[k].Expected(means[i], deviations[i]);
                }
            }
        });
        for (int i = 0; i < scores.Length; i++)
        {
            scores[i] = sums[i] / draws.Length;
        }
    }

    private static int[] MostPromising(Posterior posterior, Goal goal)
    {
        int[] places = [.. posterior.Conditioned.Distinct()];
        double[] hopes = new double[places.Length];
        for (int p = 0; p < places.Length; p++)
        {
            hopes[p] = goal.Merit(posterior.Mean[places[p]]) + (Hope * Math.Sqrt(posterior.Variance[places[p]]));
        }

        // Greatest first: the first directions of a Halton sequence are its best.
        return Array.ConvertAll(CandidateSubset.Greatest(hopes, MostPlaces), p => places[p]);
    }

    private static double[] Factorise(Posterior posterior, int[] places)
    {
        int count = places.Length;
        double[] covariance = PosteriorCovariances.Among(posterior, places);
        for (double floor = LeastFloor; floor <= MostFloor; floor *= 10.0)
        {
            double[] factor = [.. covariance];
            for (int p = 0; p < count; p++)
            {
                factor[(p * count) + p] += floor * posterior.PriorVariance;
            }

            if (Cholesky.TryFactorise(factor, count))
            {
                return factor;
            }
        }

        throw new InvalidOperationException(
            $"The posterior covariance of {count} measured places under model {posterior.Model.Version} does not " +
            "factorise. Choose log-expected-improvement, which does not need it.");
    }

    private static Improvement ImprovementOver(AcquisitionInput input, int[] places, double[] factor, double[] draw)
    {
        double best = double.NegativeInfinity;
        for (int p = 0; p < places.Length; p++)
        {
            double value = input.Posterior.Mean[places[p]]
                + VectorKernels.Dot(factor.AsSpan(p * places.Length, p + 1), draw.AsSpan(0, p + 1));
            best = Math.Max(best, input.Goal.Merit(value));
        }

        return new Improvement(input.Goal, best, 0.0, input.Posterior.Model.Scaling.Scale);
    }

    // The rows of covariances become those of B.
    private static void SolveForward(double[] factor, int places, CovarianceTile tile)
    {
        for (int p = 0; p < places; p++)
        {
            Span<double> row = tile.PaddedRow(p);
            for (int q = 0; q < p; q++)
            {
                VectorKernels.AddScaled(-factor[(p * places) + q], tile.PaddedRow(q), row);
            }

            double pivot = factor[(p * places) + p];
            foreach (ref double value in row)
            {
                value /= pivot;
            }
        }
    }

    private static double[] DeviationsGiven(int places, CovarianceTile tile, Posterior posterior)
    {
        double[] deviations = posterior.Variance.Slice(tile.Start, tile.Length).ToArray();
        for (int p = 0; p < places; p++)
        {
            ReadOnlySpan<double> row = tile.Row(p);
            for (int i = 0; i < deviations.Length; i++)
            {
                deviations[i] -= row[i] * row[i];
            }
        }

        return Array.ConvertAll(deviations, static variance => Math.Sqrt(Math.Max(variance, 0.0)));
    }
}
