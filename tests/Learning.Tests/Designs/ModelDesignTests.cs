using System.Collections.Immutable;
using DklActors.Learning.Designs;
using DklActors.Learning.Engines;
using DklActors.Learning.Ensembles;
using DklActors.Learning.Kernels;
using DklActors.Learning.Tests.TestSupport;
using DklActors.Messages.Scalars;

namespace DklActors.Learning.Tests.Designs;

public sealed class ModelDesignTests
{
    // Fewer than the references, so that all of them stand for the map.
    private const int Few = 180;
    private const int Many = 900;

    [Theory]
    [InlineData(KernelKind.Rbf)]
    [InlineData(KernelKind.Matern52)]
    public void Each_point_is_the_one_that_leaves_the_least_mean_variance_of_all_that_could_be_taken(KernelKind kind)
    {
        ProcessModel model = Scenes.Model(Few, 2, kind);

        var design = ModelDesign.Of(model, 6, seed: 1);

        design.Should().Equal(BruteForce(model, 6, static _ => false));
    }

    [Fact]
    public void Of_a_part_of_the_map_only_that_part_is_asked_for_and_measured()
    {
        ProcessModel model = Scenes.Model(Few, 2, KernelKind.Matern52);
        bool[] outside = [.. Enumerable.Range(0, Few).Select(static i => i % 3 == 0)];

        var design = ModelDesign.Of(model, 6, seed: 1, outside);

        design.Should().Equal(BruteForce(model, 6, i => outside[i])).And.OnlyContain(i => !outside[i]);
        design.Should().NotEqual(ModelDesign.Of(model, 6, seed: 1));
    }

    [Fact]
    public void What_is_taken_otherwise_counts_and_what_is_excluded_is_not_chosen()
    {
        ProcessModel model = Scenes.Model(Few, 2, KernelKind.Matern52);
        int[] free = [.. ModelDesign.Of(model, 3, seed: 1)];
        var design = new ModelDesign(model, seed: 1);
        double[] scores = new double[Few];
        bool[] outside = new bool[Few], excluded = new bool[Few];
        excluded[free[1]] = true;

        design.Take(free[0]);
        int second = design.Next(outside, excluded, scores);

        second.Should().NotBe(free[0]).And.NotBe(free[1]);
        scores[free[1]].Should().Be(scores.Max(), "the score does not know what may be measured");
        scores[second].Should().Be(scores.Where((_, i) => i != free[1]).Max());
    }

    [Fact]
    public void It_follows_the_seed_and_not_the_number_of_threads()
    {
        var once = ModelDesign.Of(Scenes.Model(Many, 3, KernelKind.Rbf, threads: 1), 8, seed: 5);

        once.Should().HaveCount(8).And.OnlyHaveUniqueItems();
        ModelDesign.Of(Scenes.Model(Many, 3, KernelKind.Rbf, threads: 3), 8, seed: 5).Should().Equal(once);
        ModelDesign.Of(Scenes.Model(Many, 3, KernelKind.Rbf), 8, seed: 6).Should().NotEqual(once);
    }

    [Fact]
    public void It_never_has_more_points_than_there_are()
    {
        ProcessModel model = Scenes.Model(Few, 2, KernelKind.Matern52);
        bool[] outside = [.. Enumerable.Range(0, Few).Select(static i => i > 2)];

        ModelDesign.Of(model, 10, seed: 1, outside).Should().BeEquivalentTo([0, 1, 2]);
        ModelDesign.Of(model, 10, seed: 1, [.. Enumerable.Repeat(true, Few)]).Should().BeEmpty();
        ModelDesign.Of(model, 0, seed: 1).Should().BeEmpty();
    }

    [Fact]
    public void No_scalar_changes_it()
    {
        IDklEngine engine = LearnerPresets.Create("dkl").CreateEngine(Scenes.Candidates());
        ProcessModel prior = (ProcessModel)engine.Prior(3);
        var scaled = new ProcessModel(
            0, prior.Dimension, prior.Embeddings, prior.Kernel, new TargetScaling(-400.0, 64.0));

        ModelDesign.Of(scaled, 6, seed: 2).Should().Equal(ModelDesign.Of(prior, 6, seed: 2));
    }

    /// <summary>Tries every candidate at every step, by the dense reference.</summary>
    private static ImmutableArray<int> BruteForce(ProcessModel model, int count, Func<int, bool> outside)
    {
        List<Observation> taken = [];
        while (taken.Count < count)
        {
            int best = Enumerable.Range(0, model.Count)
                .Where(candidate => !outside(candidate) && taken.All(past => past.Candidate != candidate))
                .MinBy(candidate => DenseReference
                    .Predict(model, [.. taken, new Observation(candidate, 0.0, 0.0)]).Variance
                    .Where((_, i) => !outside(i)).Average());
            taken.Add(new Observation(best, 0.0, 0.0));
        }

        return [.. taken.Select(static observation => observation.Candidate)];
    }
}
