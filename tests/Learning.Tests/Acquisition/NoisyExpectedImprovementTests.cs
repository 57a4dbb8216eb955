using System.Collections.Immutable;
using DklActors.Learning.Acquisition;
using DklActors.Learning.Engines;
using DklActors.Learning.Kernels;
using DklActors.Learning.Posteriors;
using DklActors.Learning.Randomness;
using DklActors.Learning.Tests.TestSupport;
using DklActors.Messages.Scalars;
using MathNet.Numerics.LinearAlgebra;

namespace DklActors.Learning.Tests.Acquisition;

public sealed class NoisyExpectedImprovementTests
{
    private const int Count = 60;

    // As noisy as the signal is large.
    private static readonly ProcessModel Model = Scenes.Model(Count, 2, KernelKind.Matern52, noise: 0.8);
    private static readonly ImmutableArray<Observation> Observations = Scenes.RandomObservations(Count, 7);

    public static TheoryData<string> Goals => ["maximise", "minimise", "hit"];

    [Theory]
    [MemberData(nameof(Goals))]
    public void It_is_the_mean_improvement_over_the_best_of_the_measured_places(string word)
    {
        Goal goal = word switch
        {
            "maximise" => Goal.Maximise,
            "minimise" => Goal.Minimise,
            _ => Goal.Hit(40.0),
        };
        double[] scores = Scores(Model, 1024, goal, seed: 3);
        int[] places = [.. Observations.Select(o => o.Candidate).Distinct()];
        foreach (int x in Enumerable.Range(0, Count).Except(places).Where(candidate => candidate % 19 == 2))
        {
            (double mean, double error) = SampledImprovement(goal, places, x);
            scores[x].Should().BeApproximately(mean, (5.0 * error) + (0.02 * mean));
        }
    }

    [Fact]
    public void Without_noise_it_is_expected_improvement_over_the_best_measured_value()
    {
        ProcessModel exact = Scenes.Model(Count, 2, KernelKind.Matern52, noise: 0.0);
        ImmutableArray<Observation> clean = [.. Observations.Select(o => o with { StandardError = 0.0 })];
        var posterior = Posterior.Condition(exact, clean);
        var input = new AcquisitionInput(posterior, clean.Max(o => o.Value), Goal.Maximise, 1);
        double[] expected = new double[Count], scores = new double[Count];
        new ExpectedImprovement().Score(input, expected);
        new NoisyExpectedImprovement(16).Score(input, scores);
        for (int i = 0; i < Count; i++)
        {
            scores[i].Should().BeApproximately(expected[i], 2e-3 * (1.0 + expected[i]));
        }
    }

    [Fact]
    public void Draws_are_common_to_all_candidates_and_follow_from_the_seed()
    {
        Scores(Model, 8, Goal.Maximise, 4).Should().Equal(Scores(Model, 8, Goal.Maximise, 4));
        Scores(Model, 8, Goal.Maximise, 4).Should().NotEqual(Scores(Model, 8, Goal.Maximise, 5));
    }

    [Fact]
    public void More_draws_come_nearer_and_64_are_near_enough_to_choose_by()
    {
        double[] exact = Scores(Model, 1024, Goal.Maximise, 11);
        double[] few = Scores(Model, NoisyExpectedImprovement.DefaultSamples, Goal.Maximise, 12);
        double[] single = Scores(Model, 2, Goal.Maximise, 12);
        Distance(few).Should().BeLessThan(0.5 * Distance(single));
        exact[NextPoint.Choose(few, [])].Should().BeGreaterThan(0.9 * exact.Max());

        double Distance(double[] scores) => scores.Zip(exact, (a, b) => Math.Abs(a - b)).Sum();
    }

    [Fact]
    public void Before_anything_is_measured_it_is_expected_improvement()
    {
        var input = new AcquisitionInput(Posterior.Condition(Model, []), 55.0, Goal.Maximise, 1);
        double[] expected = new double[Count], scores = new double[Count];
        new ExpectedImprovement().Score(input, expected);
        new NoisyExpectedImprovement().Score(input, scores);
        scores.Should().Equal(expected);
    }

    private static double[] Scores(ProcessModel model, int samples, Goal goal, ulong seed)
    {
        double[] scores = new double[Count];
        new NoisyExpectedImprovement(samples).Score(
            new AcquisitionInput(Posterior.Condition(model, Observations), double.NaN, goal, seed), scores);
        return scores;
    }

    // Plain Monte Carlo over the joint posterior of the measured places and x, by a dense factorisation.
    private static (double Mean, double Error) SampledImprovement(Goal goal, int[] places, int x)
    {
        const int Draws = 40_000;
        int[] all = [.. places, x];
        (double[] mean, _) = DenseReference.Predict(Model, Observations);
        Matrix<double> prior = Matrix<double>.Build.Dense(all.Length, all.Length,
            (i, j) => DenseReference.Covariance(Model, all[i], all[j]));
        Matrix<double> cross = Matrix<double>.Build.Dense(all.Length, Observations.Length,
            (i, j) => DenseReference.Covariance(Model, all[i], Observations[j].Candidate));
        double scale = Model.Scaling.Scale;
        Matrix<double> measured = Matrix<double>.Build.Dense(Observations.Length, Observations.Length, (i, j) =>
            DenseReference.Covariance(Model, Observations[i].Candidate, Observations[j].Candidate)
            + (i != j ? 0.0
                : (Model.Kernel.NoiseVariance * scale * scale) + Math.Pow(Observations[i].StandardError, 2)));
        Matrix<double> factor = (prior - (cross * measured.Inverse() * cross.Transpose())).Cholesky().Factor;
        SeededRandom random = SeededRandom.Derive(99, RandomPurpose.SeedDesign);
        double sum = 0.0, squares = 0.0;
        for (int draw = 0; draw < Draws; draw++)
        {
            Vector<double> f = factor * Vector<double>.Build.Dense(all.Length, _ => random.NextGaussian());
            double best = places.Select((place, i) => goal.Merit(mean[place] + f[i])).Max();
            double gain = Math.Max(goal.Merit(mean[x] + f[all.Length - 1]) - best, 0.0);
            sum += gain;
            squares += gain * gain;
        }

        double average = sum / Draws;
        return (average, Math.Sqrt(((squares / Draws) - (average * average)) / Draws));
    }
}
