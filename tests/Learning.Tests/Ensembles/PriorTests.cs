using DklActors.Learning.Candidates;
using DklActors.Learning.Engines;
using DklActors.Learning.Ensembles;
using DklActors.Learning.Posteriors;
using DklActors.Learning.Tests.TestSupport;
using DklActors.Messages.Scalars;

namespace DklActors.Learning.Tests.Ensembles;

/// <summary>What is believed before anything is measured.</summary>
public sealed class PriorTests
{
    private static readonly CandidateSet Candidates = Scenes.Candidates();

    [Fact]
    public void One_model_stands_where_its_cold_start_begins_for_scalars_as_they_are()
    {
        var options = new DklOptions();
        var engine = new ManagedDklEngine(Candidates, options);

        var prior = (ProcessModel)engine.Prior(4);

        (prior.Version, prior.Count, prior.Scaling).Should().Be((0, Candidates.Count, new TargetScaling(0.0, 1.0)));
        prior.Kernel.Mean.Should().Be(0.0);
        prior.Kernel.Variance.Should().BeApproximately(options.Process.VariancePrior.Median, 1e-12);
        prior.Kernel.NoiseVariance.Should().BeApproximately(
            options.Process.NoisePrior.Median + options.Process.LeastNoiseVariance, 1e-12);
        prior.Kernel.Lengthscales.Should().OnlyContain(scale =>
            Math.Abs(scale - (options.Process.LengthscalePrior.Median * Math.Sqrt(prior.Dimension))) < 1e-9);
    }

    [Fact]
    public void An_ensemble_counts_each_member_the_same()
    {
        IDklEngine engine = LearnerPresets.Create(LearnerPresets.Default).CreateEngine(Candidates);

        var prior = (MixtureModel)engine.Prior(4);

        prior.Members.Select(member => member.Weight).Should().OnlyContain(weight => weight == 0.2).And.HaveCount(5);
        Embeddings(engine.Prior(4)).Should().Equal(Embeddings(prior));
        var belief = Posterior.Condition(prior, []);
        belief.Mean.ToArray().Should().OnlyContain(mean => mean == 0.0);
        belief.Variance.ToArray().Distinct().Should().ContainSingle().Which.Should().BeGreaterThan(0.5);
    }

    [Fact]
    public void Where_there_are_too_many_candidates_the_first_members_stand_for_all()
    {
        var engine = new EnsembleEngine(
            Candidates, LearnerPresets.Create(LearnerPresets.Default).Members, mostRows: 2 * Candidates.Count);

        var prior = (MixtureModel)engine.Prior(4);

        prior.Members.Select(member => (member.Name, member.Weight)).Should().Equal(("product", 0.5), ("sum", 0.5));
    }

    [Fact]
    public void It_is_conditioned_as_any_model_is()
    {
        IDklEngine engine = LearnerPresets.Create(LearnerPresets.Default).CreateEngine(Candidates);
        var belief = Posterior.Condition(engine.Prior(4), []);

        Posterior after = belief.With(new Observation(7, 2.0, 0.0));

        after.Mean[7].Should().BeGreaterThan(1.0);
        after.Variance[7].Should().BeLessThan(0.2 * belief.Variance[7]);
    }

    private static float[] Embeddings(CandidateModel model) =>
        [.. ((MixtureModel)model).Members.SelectMany(member => member.Process.Embeddings.ToArray())];
}
