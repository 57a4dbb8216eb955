using System.Collections.Immutable;
using DklActors.Learning.Candidates;
using DklActors.Learning.Designs;
using DklActors.Learning.Engines;
using DklActors.Learning.Posteriors;
using DklActors.Learning.Tests.TestSupport;
using DklActors.Learning.Vectors;

namespace DklActors.Learning.Tests.Vectors;

public sealed class VectorLearnerTests
{
    private const double Level = 30.0;

    private static readonly CandidateSet Candidates = Scenes.Candidates();

    private static readonly ImmutableArray<int> Measured = SeedDesign.SpaceFilling(Candidates, 60, 2);

    [Fact]
    public void Whole_spectra_are_predicted_from_few_and_better_than_by_mean_or_neighbour()
    {
        VectorModel model = Learn();
        model.Components.Count.Should().Be(2);
        double own = Score(model).Relative;
        ReadOnlyMemory<float>[] frames = Frames(Measured);
        Score(new MeanFrame(model.Components)).Relative.Should().BeGreaterThan(2.0 * own);
        Score(new NearestFrame(Candidates, Measured, frames)).Relative.Should().BeGreaterThan(2.0 * own);
        own.Should().BeLessThan(0.05);
    }

    [Fact]
    public void The_intervals_cover_the_noise_free_truth_as_often_as_they_claim()
    {
        VectorModel model = Learn();
        var one = new IntervalCoverage(TruthNoise.None, Spectra.Channels, 1.0);
        var two = new IntervalCoverage(TruthNoise.None, Spectra.Channels, 2.0);
        double[] mean = new double[Spectra.Channels], variance = new double[Spectra.Channels];
        for (int i = 0; i < model.Count; i++)
        {
            model.Predict(i, mean);
            model.PredictVariance(i, variance);
            float[] truth = Array.ConvertAll(Spectra.At(Candidates, i, Level), value => (float)value);
            one.Add(mean, variance, truth);
            two.Add(mean, variance, truth);
        }

        one.Mean.Should().BeInRange(0.58, 0.83);
        two.Mean.Should().BeInRange(0.91, 0.995);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_on_any_number_of_threads()
    {
        VectorModel one = Learn(threads: 1), two = Learn(threads: 2);
        for (int i = 0; i < one.Count; i++)
        {
            one.ScoresAt(i).SequenceEqual(two.ScoresAt(i)).Should().BeTrue();
            one.ScoreVariancesAt(i).SequenceEqual(two.ScoreVariancesAt(i)).Should().BeTrue();
        }
    }

    [Fact]
    public void Where_nothing_stands_out_the_mean_is_predicted_everywhere()
    {
        ReadOnlyMemory<float>[] frames =
            [.. Measured.Select((_, i) => Spectra.Counts(Spectra.Of(0.5), 500 + (ulong)i))];
        VectorModel model = new VectorLearner(Candidates, new VectorOptions { Components = 0 })
            .Learn(Measured, frames, CancellationToken.None);
        model.Components.Count.Should().Be(0);
        double[] mean = new double[Spectra.Channels], variance = new double[Spectra.Channels];
        model.Predict(3, mean);
        model.PredictVariance(3, variance);
        mean.Should().Equal(model.Components.Mean);

        // Of the mean of 60 counts: a sixtieth of it, give or take what few counts tell of their variance.
        variance.Sum().Should().BeApproximately(mean.Sum() / 60.0, 0.4 * mean.Sum() / 60.0);
        model.Report.Note.Should().Contain("noise");
    }

    [Fact]
    public void The_next_points_are_those_that_tell_most_and_none_is_measured_twice()
    {
        VectorModel model = Learn();
        IReadOnlyList<int> next = UncertaintyDesign.Choose(model, Measured, 12);
        next.Should().HaveCount(12).And.OnlyHaveUniqueItems();
        next.Should().NotIntersectWith(Measured);
        int[] rest = [.. Enumerable.Range(0, model.Count).Except(Measured)];
        Posterior[] posteriors = [.. model.Outputs.Select(static output => output.Condition())];
        next[0].Should().Be(rest.MaxBy(Information));
        UncertaintyDesign.Choose(model, [.. rest[1..]], 5).Should().HaveCount(5);
        UncertaintyDesign.Choose(model, [.. Enumerable.Range(0, model.Count - 1)], 5).Should().HaveCount(1);

        // Counts have a noise of 1 in weighted units.
        double Information(int candidate) =>
            posteriors.Sum(posterior => Math.Log(1.0 + posterior.Variance[candidate]));
    }

    [Fact]
    public void A_cancelled_training_stops() =>
        FluentActions.Invoking(() => new VectorLearner(Candidates, new VectorOptions())
            .Learn(Measured, Frames(Measured), new CancellationToken(canceled: true)))
            .Should().Throw<OperationCanceledException>();

    [Fact]
    public void An_impossible_number_of_components_is_refused() =>
        FluentActions.Invoking(() => new VectorLearner(Candidates, new VectorOptions { Components = -1 }))
            .Should().Throw<ArgumentException>().WithMessage("*Components*-1*0 to 256*");

    private static VectorModel Learn(int threads = 1) =>
        new VectorLearner(Candidates, new VectorOptions { Model = new DklOptions { Threads = threads }, Seed = 4 })
            .Learn(Measured, Frames(Measured), CancellationToken.None);

    private static ReadOnlyMemory<float>[] Frames(IEnumerable<int> measured) =>
        [.. measured.Select(i => Spectra.Counts(Spectra.At(Candidates, i, Level), (ulong)i))];

    private static FrameErrors Score(IFramePredictor predictor)
    {
        var errors = new FrameErrors(TruthNoise.None, Spectra.Channels);
        double[] mean = new double[Spectra.Channels];
        foreach (int candidate in Enumerable.Range(0, Candidates.Count).Except(Measured))
        {
            predictor.Predict(candidate, mean);
            errors.Add(mean, Array.ConvertAll(Spectra.At(Candidates, candidate, Level), value => (float)value));
        }

        return errors;
    }
}
