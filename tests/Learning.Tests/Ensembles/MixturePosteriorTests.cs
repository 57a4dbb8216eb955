using System.Collections.Immutable;
using DklActors.Learning.Acquisition;
using DklActors.Learning.Engines;
using DklActors.Learning.Ensembles;
using DklActors.Learning.Kernels;
using DklActors.Learning.Posteriors;
using DklActors.Learning.Randomness;
using DklActors.Learning.Tests.TestSupport;
using DklActors.Messages.Scalars;
using MathNet.Numerics.LinearAlgebra;

namespace DklActors.Learning.Tests.Ensembles;

public sealed class MixturePosteriorTests
{
    // More than one tile, and a last one that is not full.
    private const int Count = 270;

    private const double Unit = 1.7 * 144.0;

    private static readonly double[] Weights = [0.5, 0.3, 0.2];

    private static readonly ImmutableArray<Observation> Observations = Scenes.RandomObservations(Count, 9);

    [Fact]
    public void Moments_are_those_of_the_mixed_densities()
    {
        var posterior = Posterior.Condition(Mixture(), Observations);
        (double[] mean, Func<int, int, double> covariance) = Reference(Observations);
        for (int c = 0; c < Count; c++)
        {
            posterior.Mean[c].Should().BeApproximately(mean[c], 1e-8 * Math.Abs(mean[c]));
            posterior.Variance[c].Should().BeApproximately(covariance(c, c), 1e-8 * Unit);
        }

        posterior.NoiseVariance.Should().BeApproximately(
            ((0.5 * 0.05) + (0.3 * 0.02) + (0.2 * 0.1)) * 144.0, 1e-9);
        posterior.PriorVariance.Should().BeApproximately(Unit, 1e-9);
        posterior.Conditioned.Should().Equal(Observations.Select(o => o.Candidate));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Covariances_count_what_the_members_disagree_about(int threads)
    {
        int[] chosen = [269, 3, 255, 256, 40];
        var posterior = Posterior.Condition(Mixture(threads), Observations);
        (_, Func<int, int, double> covariance) = Reference(Observations);
        double[] among = PosteriorCovariances.Among(posterior, chosen);
        int visited = 0;
        PosteriorCovariances.Visit(posterior, chosen, tile =>
        {
            Interlocked.Add(ref visited, tile.Length);
            for (int a = 0; a < chosen.Length; a++)
            {
                for (int i = 0; i < tile.Length; i += 13)
                {
                    tile.Row(a)[i].Should().BeApproximately(covariance(chosen[a], tile.Start + i), 1e-8 * Unit);
                }
            }
        });

        visited.Should().Be(Count);
        for (int a = 0; a < chosen.Length; a++)
        {
            among[(a * chosen.Length) + a].Should().BeApproximately(posterior.Variance[chosen[a]], 1e-8 * Unit);
            for (int b = 0; b < chosen.Length; b++)
            {
                among[(a * chosen.Length) + b].Should().BeApproximately(covariance(chosen[a], chosen[b]), 1e-8 * Unit);
            }
        }
    }

    [Fact]
    public void One_more_observation_is_as_if_it_had_been_there_from_the_start()
    {
        var extended = Posterior.Condition(Mixture(), Observations[..2]);
        foreach (Observation observation in Observations[2..])
        {
            extended = extended.With(observation);
        }

        var whole = Posterior.Condition(Mixture(), Observations);
        extended.Conditioned.Should().Equal(whole.Conditioned);
        for (int c = 0; c < Count; c++)
        {
            extended.Mean[c].Should().BeApproximately(whole.Mean[c], 1e-8 * Math.Abs(whole.Mean[c]));
            extended.Variance[c].Should().BeApproximately(whole.Variance[c], 1e-8 * Unit);
        }
    }

    [Fact]
    public void A_fantasy_moves_no_mean_and_shrinks_variances_to_those_of_the_members_own_expectations()
    {
        var before = Posterior.Condition(Mixture(), Observations);
        var after = before.Believe(123);
        after.Mean.ToArray().Should().Equal(before.Mean.ToArray());
        (double[] mean, double[] variance)[] members = [.. Members().Select(member =>
        {
            double expected = DenseReference.Predict(member, Observations).Mean[123];
            return DenseReference.Predict(member, [.. Observations, new Observation(123, expected, 0.0)]);
        })];
        for (int c = 0; c < Count; c++)
        {
            double second = Weights.Zip(members, (w, m) => w * (m.variance[c] + (m.mean[c] * m.mean[c]))).Sum();
            after.Variance[c].Should().BeApproximately(second - (before.Mean[c] * before.Mean[c]), 1e-7 * Unit);
            after.Variance[c].Should().BeLessThanOrEqualTo(before.Variance[c] + (1e-9 * Unit));
        }
    }

    [Fact]
    public void A_draw_is_one_members_draw_as_often_as_its_weight_says()
    {
        const int Draws = 1500;
        ProcessModel[] members = Members(40);
        var observations = Scenes.RandomObservations(40, 5);
        var posterior = Posterior.Condition(Mixture(1, members), observations);
        Posterior[] alone = Array.ConvertAll(members, member => Posterior.Condition(member, observations));
        int[] counts = new int[members.Length];
        double[] sums = new double[40], squares = new double[40], fourths = new double[40];
        for (ulong seed = 1; seed <= Draws; seed++)
        {
            double[] draw = Draw(posterior, seed);
            counts[Array.FindIndex(alone, member => Draw(member, seed).SequenceEqual(draw))]++;
            for (int c = 0; c < draw.Length; c++)
            {
                double error = draw[c] - posterior.Mean[c];
                sums[c] += error / Draws;
                squares[c] += error * error / Draws;
                fourths[c] += Math.Pow(error, 4) / Draws;
            }
        }

        for (int k = 0; k < counts.Length; k++)
        {
            // Five binomial standard errors.
            double error = 5.0 * Math.Sqrt(Weights[k] * (1.0 - Weights[k]) / Draws);
            ((double)counts[k] / Draws).Should().BeApproximately(Weights[k], error);
        }

        for (int c = 0; c < 40; c++)
        {
            sums[c].Should().BeApproximately(0.0, 5.0 * Math.Sqrt(posterior.Variance[c] / Draws));
            double error = Math.Sqrt((fourths[c] - (squares[c] * squares[c])) / Draws);
            squares[c].Should().BeApproximately(posterior.Variance[c], 5.0 * error);
        }
    }

    [Fact]
    public void Integrated_variance_reduction_is_the_mean_squared_covariance()
    {
        double[] scores = Scores(new IntegratedVarianceReduction(Count));
        (_, Func<int, int, double> covariance) = Reference(Observations);
        double noise = Posterior.Condition(Mixture(), Observations).NoiseVariance;
        for (int x = 4; x < Count; x += 53)
        {
            double mean = Enumerable.Range(0, Count).Average(s => Math.Pow(covariance(s, x), 2));
            scores[x].Should().BeApproximately(mean / (covariance(x, x) + noise), 1e-7 * scores.Max());
        }
    }

    [Fact]
    public void The_knowledge_gradient_is_the_expected_rise_of_the_best_mean()
    {
        double[] scores = Scores(new KnowledgeGradient(Count));
        (double[] mean, Func<int, int, double> covariance) = Reference(Observations);
        double noise = Posterior.Condition(Mixture(), Observations).NoiseVariance, best = mean.Max();
        for (int x = 4; x < Count; x += 90)
        {
            double spread = Math.Sqrt(covariance(x, x) + noise), sum = 0.0;
            double[] slopes = [.. Enumerable.Range(0, Count).Select(j => covariance(j, x) / spread)];
            const double Step = 0.01;
            for (double z = -8.0 + (0.5 * Step); z < 8.0; z += Step)
            {
                double reached = Enumerable.Range(0, Count).Max(j => mean[j] + (slopes[j] * z));
                sum += (reached - best) * Math.Exp(-0.5 * z * z) / Math.Sqrt(2.0 * Math.PI) * Step;
            }

            scores[x].Should().BeApproximately(sum, 1e-4 * (1.0 + sum));
        }
    }

    [Fact]
    public void Noisy_expected_improvement_is_that_of_a_normal_belief_of_the_same_moments()
    {
        const int Draws = 40_000, Place = 77;
        double[] scores = Scores(new NoisyExpectedImprovement(1024));
        (double[] mean, Func<int, int, double> covariance) = Reference(Observations);
        int[] all = [.. Observations.Select(o => o.Candidate).Distinct(), Place];
        Matrix<double> factor = Matrix<double>.Build
            .Dense(all.Length, all.Length, (i, j) => covariance(all[i], all[j])).Cholesky().Factor;
        SeededRandom random = SeededRandom.Derive(99, RandomPurpose.SeedDesign);
        double sum = 0.0, squares = 0.0;
        for (int draw = 0; draw < Draws; draw++)
        {
            Vector<double> f = factor * Vector<double>.Build.Dense(all.Length, _ => random.NextGaussian());
            double best = all[..^1].Select((place, i) => mean[place] + f[i]).Max();
            double gain = Math.Max(mean[Place] + f[all.Length - 1] - best, 0.0);
            sum += gain / Draws;
            squares += gain * gain / Draws;
        }

        double error = Math.Sqrt((squares - (sum * sum)) / Draws);
        sum.Should().BeGreaterThan(20.0 * error);
        scores[Place].Should().BeApproximately(sum, (5.0 * error) + (0.02 * sum));
    }

    [Fact]
    public void Bad_observations_and_ill_matched_members_are_refused()
    {
        MixtureModel mixture = Mixture();
        Action conditioning = () => Posterior.Condition(mixture, [new(Count, 1.0, 0.0)]);
        Action extending = () => Posterior.Condition(mixture, []).With(new Observation(3, double.NaN, 0.0));
        Action believing = () => Posterior.Condition(mixture, []).Believe(-1);
        Action empty = () => _ = new MixtureModel(1, [], 1);
        Action uneven = () => _ = new MixtureModel(
            1, [new("a", 0.5, Members()[0]), new("b", 0.5, Members(40)[0])], 1);
        conditioning.Should().Throw<ArgumentException>().WithMessage($"*candidate {Count} of {Count}*");
        extending.Should().Throw<ArgumentException>().WithMessage("*NaN at candidate 3*");
        believing.Should().Throw<ArgumentOutOfRangeException>();
        empty.Should().Throw<ArgumentException>().WithMessage("*one member or more*");
        uneven.Should().Throw<ArgumentException>().WithMessage("*same candidates*");
    }

    private static ProcessModel[] Members(int count = Count) =>
    [
        Scenes.Model(count, 2, KernelKind.Matern52, noise: 0.05, seed: 1),
        Scenes.SumModel(count, KernelKind.Matern52, seed: 2),
        Scenes.Model(count, 3, KernelKind.Rbf, noise: 0.1, seed: 3),
    ];

    private static MixtureModel Mixture(int threads = 1, ProcessModel[]? members = null) => new(
        1,
        [.. (members ?? Members()).Select((process, k) => new WeightedProcess($"member {k}", Weights[k], process))],
        threads);

    /// <summary>From second moments: E[f·g] − E[f]·E[g], each by its own dense computation.</summary>
    private static (double[] Mean, Func<int, int, double> Covariance) Reference(
        ImmutableArray<Observation> observations)
    {
        ProcessModel[] members = Members();
        double[][] means = Array.ConvertAll(members, member => DenseReference.Predict(member, observations).Mean);
        Func<int, int, double>[] covariances =
            Array.ConvertAll(members, member => DenseReference.Covariances(member, observations));
        double[] mean = [.. Enumerable.Range(0, Count).Select(c => Weights.Zip(means, (w, m) => w * m[c]).Sum())];
        return (mean, (a, b) => Enumerable.Range(0, members.Length)
            .Sum(k => Weights[k] * (covariances[k](a, b) + (means[k][a] * means[k][b]))) - (mean[a] * mean[b]));
    }

    private static double[] Scores(IAcquisitionFunction function)
    {
        double[] scores = new double[Count];
        var posterior = Posterior.Condition(Mixture(), Observations);
        function.Score(new AcquisitionInput(posterior, 55.0, Goal.Maximise, 3), scores);
        return scores;
    }

    private static double[] Draw(Posterior posterior, ulong seed)
    {
        double[] draw = new double[posterior.Model.Count];
        posterior.Draw(seed, 256, draw);
        return draw;
    }
}
