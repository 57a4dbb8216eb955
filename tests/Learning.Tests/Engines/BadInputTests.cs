using System.Collections.Immutable;
using DklActors.Learning.Candidates;
using DklActors.Learning.Engines;
using DklActors.Learning.Posteriors;
using DklActors.Learning.Tests.TestSupport;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Messages.Scalars;

namespace DklActors.Learning.Tests.Engines;

public sealed class BadInputTests
{
    private static readonly CandidateSet Candidates = Scenes.Candidates();

    public static TheoryData<string> Presets() => [.. DklPresets.Names.Where(name => name != "atomai")];

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(1e200)]
    public void A_target_that_is_not_finite_or_has_no_finite_square_is_refused_by_name(double value)
    {
        Action training = () => Train(Candidates, [new(3, 1.0, 0.0), new(44, value, 0.0)]);
        training.Should().Throw<TrainingFailedException>().WithMessage("*candidate 44*Leave bad scalars out*");
    }

    [Fact]
    public void Nothing_to_train_on_and_unknown_candidates_are_refused()
    {
        Action nothing = () => Train(Candidates, []);
        Action unknown = () => Train(Candidates, [new(Candidates.Count, 1.0, 0.0)]);
        nothing.Should().Throw<TrainingFailedException>().WithMessage("*no observation*");
        unknown.Should().Throw<TrainingFailedException>().WithMessage($"*candidate {Candidates.Count}*");
    }

    [Theory]
    [MemberData(nameof(Presets))]
    public void One_observation_equal_ones_and_repeated_ones_give_a_usable_model(string preset)
    {
        ImmutableArray<Observation>[] cases =
        [
            [new(3, 42.0, 0.0)],
            [new(3, 42.0, double.NaN)],
            [.. Enumerable.Range(0, 12).Select(i => new Observation(20 * i, 7.5, 0.0))],
            [.. Enumerable.Range(0, 12).Select(i => new Observation(20 * i, 0.0, 0.0))],
            [.. Enumerable.Range(0, 12).Select(_ => new Observation(9, 7.5, 0.0))],
            [.. Enumerable.Range(0, 12).Select(i => new Observation(9, i, 0.0))],
            [.. Enumerable.Range(0, 12).Select(i => new Observation(20 * i, 1e-30 * i, 0.0))],
            [.. Enumerable.Range(0, 12).Select(i => new Observation(20 * i, 1e90 * Math.Sin(i), 0.0))],
            [.. Enumerable.Range(0, 12).Select(i => new Observation(20 * i, i == 7 ? 1e9 : i, 0.0))],
        ];
        foreach (ImmutableArray<Observation> observations in cases)
        {
            TrainedModel trained = Train(Candidates, observations, preset);
            var posterior = Posterior.Condition(trained.Model, observations);
            posterior.Mean.ToArray().Should().OnlyContain(value => double.IsFinite(value));
            posterior.Variance.ToArray().Should().OnlyContain(value => double.IsFinite(value) && value >= 0.0);
        }
    }

    [Theory]
    [MemberData(nameof(Presets))]
    public void An_image_of_one_colour_predicts_about_the_mean_everywhere(string preset)
    {
        var flat = CandidateSet.Create(Scenes.FlatImage(), new PatchWindow(3));
        ImmutableArray<Observation> observations =
            [.. Enumerable.Range(0, 20).Select(i => new Observation(5 * i, i % 2 == 0 ? 10.0 : 12.0, 0.0))];
        DklOptions options = DklOptions.Preset(preset);
        options = options with { Features = options.Features with { Position = false, PrincipalComponents = 4 } };
        TrainedModel trained = new ManagedDklEngine(flat, options)
            .Train(new TrainingRequest(1, observations, null, 1), CancellationToken.None);
        Posterior.Condition(trained.Model, observations).Mean.ToArray().Should()
            .OnlyContain(value => value > 10.2 && value < 11.8);
    }

    [Fact]
    public void Many_more_features_than_observations_are_survived()
    {
        var large = CandidateSet.Create(Scenes.Image(40, 40), new PatchWindow(21));
        DklOptions options = new() { Features = new() { Pixels = true, PrincipalComponents = 30 } };
        TrainedModel trained = new ManagedDklEngine(large, options).Train(
            new TrainingRequest(1, Scenes.Observations(large, 6), null, 1), CancellationToken.None);
        trained.Process().Dimension.Should().BeGreaterThan(470);
        double.IsFinite(trained.Report.Loss).Should().BeTrue();
    }

    [Fact]
    public void A_kernel_matrix_that_does_not_factorise_is_refused_and_the_last_good_state_goes_on_serving()
    {
        ImmutableArray<Observation> observations =
            [.. Enumerable.Range(0, 12).Select(i => new Observation(20 * i, Math.Sin(i), 0.0))];
        DklOptions options = new();
        DklOptions impossible = options with
        {
            Process = options.Process with
            {
                VariancePrior = new(1e308, 1.0), NoisePrior = new(1e308, 1.0),
            },
        };
        Action training = () => new ManagedDklEngine(Candidates, impossible)
            .Train(new TrainingRequest(7, observations, null, 1), CancellationToken.None);
        training.Should().Throw<TrainingFailedException>().WithMessage("*did not factorise*training 7*");

        // The state before goes on serving: it restores to the same bits.
        var engine = new ManagedDklEngine(Candidates, options);
        TrainedModel good = engine.Train(new TrainingRequest(1, observations, null, 1), CancellationToken.None);
        var restored = (ProcessModel)engine.Restore(good.State);
        restored.Embeddings.ToArray().Should().Equal(good.Process().Embeddings.ToArray());
    }

    [Fact]
    public void Huge_pixel_values_are_survived()
    {
        StructuralImage image = Scenes.Image();
        float[] huge = Array.ConvertAll(image.Values.ToArray(), value => value * 1e30f);
        var candidates = CandidateSet.Create(
            new StructuralImage("HAADF", image.Shape, image.PixelSize, huge), new PatchWindow(5));
        TrainedModel trained = Train(candidates, Scenes.Observations(Candidates, 15));
        double.IsFinite(trained.Report.Loss).Should().BeTrue();
    }

    [Fact]
    public void Pixel_values_that_overflow_are_refused_with_a_remedy()
    {
        StructuralImage image = Scenes.Image();
        float[] huge = [.. image.Values.ToArray().Select((_, i) => i % 3 == 0 ? float.MaxValue : -float.MaxValue)];
        var candidates = CandidateSet.Create(
            new StructuralImage("HAADF", image.Shape, image.PixelSize, huge), new PatchWindow(5));
        Action creation = () => _ = new ManagedDklEngine(candidates, new DklOptions());
        creation.Should().Throw<ArgumentException>().WithMessage("*Rescale the image*");
    }

    [Fact]
    public void Equal_scalars_are_noted_in_the_report_but_a_single_one_is_not()
    {
        Train(Candidates, [new(3, 5.0, 0.0), new(9, 5.0, 0.0)]).Report.Note.Should().Contain("All 2 observations");
        Train(Candidates, [new(3, 5.0, 0.0)]).Report.Note.Should().BeNull();
    }

    private static TrainedModel Train(
        CandidateSet candidates, ImmutableArray<Observation> observations, string preset = "dkl") =>
        new ManagedDklEngine(candidates, DklOptions.Preset(preset))
            .Train(new TrainingRequest(1, observations, null, 1), CancellationToken.None);
}
