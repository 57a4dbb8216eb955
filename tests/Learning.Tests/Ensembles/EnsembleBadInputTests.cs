using System.Collections.Immutable;
using DklActors.Learning.Candidates;
using DklActors.Learning.Engines;
using DklActors.Learning.Ensembles;
using DklActors.Learning.Features;
using DklActors.Learning.Networks;
using DklActors.Learning.Posteriors;
using DklActors.Learning.Tests.TestSupport;
using DklActors.Messages.Geometry;
using DklActors.Messages.Scalars;

namespace DklActors.Learning.Tests.Ensembles;

public sealed class EnsembleBadInputTests
{
    /// <summary>What may come, in words, and the observations.</summary>
    public static TheoryData<string, double[], int> Cases => new()
    {
        { "one observation", [42.0], 20 },
        { "two observations", [42.0, 43.0], 20 },
        { "three observations", [42.0, 43.0, 39.0], 20 },
        { "equal values", [7.5, 7.5, 7.5, 7.5, 7.5, 7.5, 7.5, 7.5, 7.5, 7.5], 20 },
        { "zeros", [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0], 20 },
        { "all equal but one", [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0], 20 },
        { "one point again and again", [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0], 0 },
        { "a far outlier", [0.0, 1.0, 2.0, 3.0, 1e9, 5.0, 6.0, 7.0, 8.0, 9.0], 20 },
        { "tiny values", [0.0, 1e-30, 2e-30, 4e-30, 1e-30, 3e-30, 6e-30, 1e-30, 0.0, 2e-30], 20 },
        { "huge values", [1e90, -1e90, 2e90, 4e90, 1e90, 3e90, 6e90, 1e90, 0.0, 2e90], 20 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Odd_observations_give_a_usable_model(string what, double[] values, int step)
    {
        ImmutableArray<Observation> observations =
            [.. values.Select((value, i) => new Observation(9 + (step * i), value, i % 2 == 0 ? 0.0 : double.NaN))];
        TrainedModel trained = QuickEnsemble.Engine().Train(observations);
        RequireUsable(trained.Model, observations, what);
        double.IsFinite(trained.Report.Loss).Should().BeTrue();
        double.IsFinite(trained.Report.NoiseDeviation).Should().BeTrue();
        (trained.Report.Evidence?.Structure ?? 0.0).Should().NotBe(double.NaN);
        RequireUsable(QuickEnsemble.Engine().Restore(trained.State), observations, what);
    }

    [Fact]
    public void Equal_values_are_noted_once_and_not_for_every_member() => QuickEnsemble.Engine()
        .Train([new(3, 5.0, 0.0), new(9, 5.0, 0.0)]).Report.Note.Should()
        .Be("product: All 2 observations have the same value.");

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(1e200)]
    public void A_value_that_is_no_number_is_refused_by_its_candidate(double value)
    {
        Action training = () => QuickEnsemble.Engine().Train([new(3, 1.0, 0.0), new(44, value, 0.0)]);
        training.Should().Throw<TrainingFailedException>().WithMessage("*candidate 44*Leave bad scalars out*");
    }

    [Fact]
    public void No_observation_is_refused()
    {
        Action training = () => QuickEnsemble.Engine().Train([]);
        training.Should().Throw<TrainingFailedException>().WithMessage("*no observation*");
    }

    [Fact]
    public void Patches_of_one_colour_leave_position_to_learn_from()
    {
        var flat = CandidateSet.Create(Scenes.FlatImage(), new PatchWindow(3));
        ImmutableArray<Observation> observations =
            [.. Enumerable.Range(0, 20).Select(i => new Observation(5 * i, 10.0 + flat.PointAt(5 * i).Row, 0.1))];
        TrainedModel trained = new EnsembleEngine(flat, QuickEnsemble.Options().Members).Train(observations);
        RequireUsable(trained.Model, observations, "one colour");
        var posterior = Posterior.Condition(trained.Model, observations);
        for (int c = 0; c < flat.Count; c++)
        {
            posterior.Mean[c].Should().BeApproximately(10.0 + flat.PointAt(c).Row, 1.5);
        }
    }

    [Fact]
    public void A_thousand_times_more_pixels_than_observations_are_survived()
    {
        var large = CandidateSet.Create(Scenes.Image(44, 44), new PatchWindow(32));
        ImmutableArray<EnsembleMember> members =
        [
            .. QuickEnsemble.Options(epochs: 5).Members[^2..],
            new EnsembleMember("pixels", new DklOptions
            {
                Features = FeatureOptions.Nothing with { Pixels = true },
                Network = NetworkOptions.None,
            }),
        ];
        TrainedModel trained = new EnsembleEngine(large, members).Train([new(70, 12.0, 0.0)]);
        trained.Report.Note.Should().BeNull();
        RequireUsable(trained.Model, [new(70, 12.0, 0.0)], "1024 pixels");
    }

    private static void RequireUsable(CandidateModel model, ImmutableArray<Observation> observations, string what)
    {
        var posterior = Posterior.Condition(model, observations);
        posterior.Mean.ToArray().Should().OnlyContain(value => double.IsFinite(value), what);
        posterior.Variance.ToArray().Should().OnlyContain(value => double.IsFinite(value) && value >= 0.0, what);
        double.IsFinite(posterior.DeviationAt(3)).Should().BeTrue(what);
        ((MixtureModel)model).Members.Sum(member => member.Weight).Should().BeApproximately(1.0, 1e-12, what);
    }
}
