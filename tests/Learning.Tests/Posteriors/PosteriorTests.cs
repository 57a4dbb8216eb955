using System.Collections.Immutable;
using DklActors.Learning.Engines;
using DklActors.Learning.Kernels;
using DklActors.Learning.Posteriors;
using DklActors.Learning.Tests.TestSupport;
using DklActors.Messages.Scalars;

namespace DklActors.Learning.Tests.Posteriors;

public sealed class PosteriorTests
{
    [Theory]
    [InlineData(KernelKind.Rbf, 2, 1)]
    [InlineData(KernelKind.Rbf, 5, 23)]
    [InlineData(KernelKind.Matern52, 2, 23)]
    [InlineData(KernelKind.Matern52, 14, 70)]
    public void Conditioning_agrees_with_a_plain_dense_computation(KernelKind kind, int dimension, int count)
    {
        RequireDense(Scenes.Model(333, dimension, kind), Scenes.RandomObservations(333, count));
    }

    [Theory]
    [InlineData(KernelKind.Rbf)]
    [InlineData(KernelKind.Matern52)]
    public void A_sum_of_kernels_conditions_like_a_plain_dense_computation(KernelKind kind)
    {
        ProcessModel model = Scenes.SumModel(333, kind);
        ImmutableArray<Observation> observations = Scenes.RandomObservations(333, 40);
        RequireDense(model, observations);

        var extended = Posterior.Condition(model, observations[..12]);
        foreach (Observation observation in observations[12..])
        {
            extended = extended.With(observation);
        }

        // A fantasy is an observation of what was expected, without a standard error.
        var believed = extended.Believe(77);
        (double[] mean, double[] variance) =
            DenseReference.Predict(model, [.. observations, new Observation(77, extended.Mean[77], 0.0)]);
        for (int c = 0; c < model.Count; c++)
        {
            believed.Mean[c].Should().BeApproximately(mean[c], 1e-9 * Math.Abs(mean[c]));
            believed.Variance[c].Should().BeApproximately(variance[c], 1e-9 * 1.7 * 144.0);
        }
    }

    private static void RequireDense(ProcessModel model, ImmutableArray<Observation> observations)
    {
        var posterior = Posterior.Condition(model, observations);
        (double[] mean, double[] variance) = DenseReference.Predict(model, observations);
        for (int c = 0; c < model.Count; c++)
        {
            posterior.Mean[c].Should().BeApproximately(mean[c], 1e-9 * Math.Abs(mean[c]));
            posterior.Variance[c].Should().BeApproximately(variance[c], 1e-9 * 1.7 * 144.0);
        }
    }

    [Theory]
    [InlineData(KernelKind.Rbf)]
    [InlineData(KernelKind.Matern52)]
    public void One_more_observation_gives_what_a_full_refactorisation_gives(KernelKind kind)
    {
        var model = Scenes.Model(5000, 3, kind, threads: 2);
        var observations = Scenes.RandomObservations(5000, 60);
        var extended = Posterior.Condition(model, observations[..7]);
        foreach (Observation observation in observations[7..])
        {
            extended = extended.With(observation);
        }

        var full = Posterior.Condition(model, observations);
        extended.Count.Should().Be(60);
        extended.Conditioned.Should().Equal(observations.Select(o => o.Candidate));
        for (int c = 0; c < model.Count; c++)
        {
            extended.Mean[c].Should().BeApproximately(full.Mean[c], 1e-9 * Math.Abs(full.Mean[c]));
            extended.Variance[c].Should().BeApproximately(full.Variance[c], 1e-9 * full.Variance[c]);
        }
    }

    [Fact]
    public void Compact_rows_of_very_many_candidates_cost_a_hundred_thousandth_of_the_prior_at_most()
    {
        const int Count = RowValues.MostPrecise + 1000;
        var model = Scenes.Model(Count, 2, KernelKind.Rbf, threads: 2);
        var observations = Scenes.RandomObservations(Count, 40);
        var posterior = Posterior.Condition(model, observations[..20]);
        foreach (Observation observation in observations[20..])
        {
            posterior = posterior.With(observation);
        }

        // The same candidates alone, measured ones first, keep their rows in float64.
        int[] few = [.. observations.Select(o => o.Candidate), .. Enumerable.Range(0, 500).Select(i => i * 397)];
        float[] embeddings = [.. few.SelectMany(c => model.Embeddings.Slice(c * 2, 2).ToArray())];
        var small = new ProcessModel(1, 2, embeddings, model.Kernel, model.Scaling);
        var reference = Posterior.Condition(
            small, [.. observations.Select((o, i) => new Observation(i, o.Value, o.StandardError))]);
        for (int i = 0; i < few.Length; i++)
        {
            posterior.Mean[few[i]].Should().BeApproximately(reference.Mean[i], 1e-5 * Math.Sqrt(1.7) * 12.0);
            posterior.Variance[few[i]].Should().BeApproximately(reference.Variance[i], 1e-5 * 1.7 * 144.0);
        }
    }

    [Fact]
    public void The_prior_holds_where_nothing_is_known()
    {
        var prior = Posterior.Condition(Scenes.Model(50, 2, KernelKind.Rbf), []);
        prior.Count.Should().Be(0);
        prior.Mean.ToArray().Should().OnlyContain(value => Math.Abs(value - (50.0 + (0.15 * 12.0))) < 1e-12);
        prior.Variance.ToArray().Should().OnlyContain(value => Math.Abs(value - (1.7 * 144.0)) < 1e-10);
        prior.NoiseVariance.Should().BeApproximately(0.02 * 144.0, 1e-12);
    }

    [Fact]
    public void A_posterior_does_not_change_when_another_is_made_from_it()
    {
        var model = Scenes.Model(400, 2, KernelKind.Matern52);
        var first = Posterior.Condition(model, Scenes.RandomObservations(400, 12));
        double[] mean = first.Mean.ToArray(), variance = first.Variance.ToArray();
        first.With(new Observation(5, 80.0, 0.0)).Believe(9);
        first.Mean.ToArray().Should().Equal(mean);
        first.Variance.ToArray().Should().Equal(variance);
        first.Count.Should().Be(12);
    }

    [Fact]
    public void A_fantasy_leaves_every_mean_and_shrinks_variances()
    {
        var before = Posterior.Condition(Scenes.Model(700, 2, KernelKind.Matern52), Scenes.RandomObservations(700, 9));
        var after = before.Believe(123);
        after.Mean.ToArray().Should().Equal(before.Mean.ToArray());
        for (int c = 0; c < 700; c++)
        {
            after.Variance[c].Should().BeLessThanOrEqualTo(before.Variance[c]);
        }

        double variance = before.Variance[123], noise = before.NoiseVariance;
        after.Variance[123].Should().BeApproximately(variance * noise / (variance + noise), 1e-9 * variance);
    }

    [Fact]
    public void A_known_standard_error_lessens_an_observations_weight()
    {
        var model = Scenes.Model(100, 2, KernelKind.Rbf);
        double exact = Posterior.Condition(model, [new Observation(4, 90.0, 0.0)]).Mean[4];
        double doubtful = Posterior.Condition(model, [new Observation(4, 90.0, 20.0)]).Mean[4];
        exact.Should().BeGreaterThan(85.0);
        doubtful.Should().BeLessThan(75.0);
    }

    [Fact]
    public void The_same_point_measured_twice_counts_twice_and_survives_without_noise()
    {
        var noisy = Scenes.Model(100, 2, KernelKind.Rbf);
        Observation[] twice = [new(4, 70.0, 3.0), new(4, 74.0, 3.0)];
        Posterior.Condition(noisy, twice).Mean[4].Should().BeInRange(69.0, 73.0);
        Posterior.Condition(noisy, twice).Variance[4].Should().BeLessThan(
            Posterior.Condition(noisy, twice[..1]).Variance[4]);

        var exact = Scenes.Model(100, 2, KernelKind.Rbf, noise: 0.0);
        var repeated = Posterior.Condition(exact, [new Observation(4, 70.0, 0.0)]).With(new Observation(4, 70.0, 0.0));
        repeated.Mean[4].Should().BeApproximately(70.0, 1e-6);
        repeated.Variance.ToArray().Should().OnlyContain(value => value >= 0.0);
        Posterior.Condition(exact, [new(4, 70.0, 0.0), new(4, 70.0, 0.0)]).Mean[4].Should().BeApproximately(70.0, 1e-6);
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        var observations = Scenes.RandomObservations(20_000, 40);
        Posterior With(int threads) => Posterior
            .Condition(Scenes.Model(20_000, 3, KernelKind.Matern52, threads: threads), observations[..39])
            .With(observations[39]);
        var one = With(1);
        var four = With(4);
        four.Mean.ToArray().Should().Equal(one.Mean.ToArray());
        four.Variance.ToArray().Should().Equal(one.Variance.ToArray());
    }

    [Theory]
    [InlineData(-1, 1.0)]
    [InlineData(100, 1.0)]
    [InlineData(3, double.NaN)]
    [InlineData(3, double.PositiveInfinity)]
    public void An_unusable_observation_is_refused_by_name(int candidate, double value)
    {
        var model = Scenes.Model(100, 2, KernelKind.Rbf);
        var observation = new Observation(candidate, value, 0.0);
        Action conditioning = () => Posterior.Condition(model, [observation]);
        Action extension = () => Posterior.Condition(model, []).With(observation);
        conditioning.Should().Throw<ArgumentException>().WithMessage($"*candidate {candidate} of 100*");
        extension.Should().Throw<ArgumentException>().WithMessage($"*candidate {candidate} of 100*");
    }
}
