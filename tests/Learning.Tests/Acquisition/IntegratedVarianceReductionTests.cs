using System.Collections.Immutable;
using DklActors.Learning.Acquisition;
using DklActors.Learning.Engines;
using DklActors.Learning.Kernels;
using DklActors.Learning.Posteriors;
using DklActors.Learning.Tests.TestSupport;
using DklActors.Messages.Scalars;

namespace DklActors.Learning.Tests.Acquisition;

public sealed class IntegratedVarianceReductionTests
{
    // More than one tile, and a last one that is not full.
    private const int Count = 300;

    private static readonly ImmutableArray<Observation> Observations = Scenes.RandomObservations(Count, 8);

    [Theory]
    [InlineData(KernelKind.Rbf)]
    [InlineData(KernelKind.Matern52)]
    public void Over_all_candidates_it_is_the_mean_fall_of_the_variance_when_measured(KernelKind kind)
    {
        ProcessModel model = Scenes.Model(Count, 3, kind);
        double before = DenseReference.Predict(model, Observations).Variance.Average();
        double[] scores = Scores(model, references: 4096, seed: 1);
        for (int x = 5; x < Count; x += 49)
        {
            double after = DenseReference.Predict(model, [.. Observations, new(x, 0.0, 0.0)]).Variance.Average();
            scores[x].Should().BeApproximately(before - after, 1e-8 * before);
        }
    }

    [Fact]
    public void A_subset_is_drawn_from_the_seed_and_stands_for_the_whole()
    {
        ProcessModel model = Scenes.Model(Count, 2, KernelKind.Rbf);
        double[] all = Scores(model, references: Count, seed: 1);
        double[] subset = Scores(model, references: 150, seed: 1);

        subset.Should().Equal(Scores(model, references: 150, seed: 1));
        subset.Should().NotEqual(Scores(model, references: 150, seed: 2));
        subset.Average().Should().BeApproximately(all.Average(), 0.25 * all.Average());
        CandidateSubset.Draw(Count, 150, 9).Should().OnlyHaveUniqueItems().And.HaveCount(150)
            .And.OnlyContain(candidate => candidate >= 0 && candidate < Count);
    }

    [Fact]
    public void Threads_do_not_change_a_bit()
    {
        double[] one = Scores(Scenes.Model(Count, 2, KernelKind.Matern52, threads: 1), 64, 3);
        double[] three = Scores(Scenes.Model(Count, 2, KernelKind.Matern52, threads: 3), 64, 3);
        three.Should().Equal(one);
    }

    private static double[] Scores(ProcessModel model, int references, ulong seed)
    {
        double[] scores = new double[Count];
        new IntegratedVarianceReduction(references).Score(
            new AcquisitionInput(Posterior.Condition(model, Observations), 0.0, Goal.Maximise, seed), scores);
        return scores;
    }
}
