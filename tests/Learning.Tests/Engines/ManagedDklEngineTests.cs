using System.Collections.Immutable;
using DklActors.Learning.Candidates;
using DklActors.Learning.Engines;
using DklActors.Learning.Posteriors;
using DklActors.Learning.Tests.TestSupport;
using DklActors.Messages.Models;
using DklActors.Messages.Scalars;

namespace DklActors.Learning.Tests.Engines;

public sealed class ManagedDklEngineTests
{
    private static readonly CandidateSet Candidates = Scenes.Candidates();

    [Theory]
    [InlineData("dkl")]
    [InlineData("features")]
    [InlineData("pca")]
    [InlineData("atomai")]
    public void Every_preset_learns_structure_that_it_has_not_seen(string preset)
    {
        var engine = new ManagedDklEngine(Candidates, Short(preset));
        ImmutableArray<Observation> observations = Scenes.Observations(Candidates, 40);
        TrainedModel trained = engine.Train(new TrainingRequest(1, observations, null, 5), CancellationToken.None);
        var posterior = Posterior.Condition(trained.Model, observations);
        double squares = 0.0, spread = 0.0;
        for (int i = 0; i < Candidates.Count; i++)
        {
            double truth = 200.0 + (35.0 * Candidates.Image[Candidates.PointAt(i)]);
            squares += Math.Pow(posterior.Mean[i] - truth, 2);
            spread += Math.Pow(trained.Model.Scaling.Offset - truth, 2);
        }

        (squares / spread).Should().BeLessThan(0.35);
        trained.Report.Loss.Should().BeLessThan(0.5 * Math.Log(2.0 * Math.PI * Math.E));
        trained.Report.NoiseDeviation.Should().BeGreaterThan(0.0);
        trained.Report.Note.Should().BeNull();
        trained.Model.Count.Should().Be(Candidates.Count);
    }

    [Theory]
    [InlineData("dkl")]
    [InlineData("atomai")]
    public void The_number_of_threads_changes_no_bit(string preset)
    {
        TrainedModel one = Train(Short(preset) with { Threads = 1 });
        TrainedModel four = Train(Short(preset) with { Threads = 4 });
        four.State.Content.ToArray().Should().Equal(one.State.Content.ToArray());
        four.Process().Embeddings.ToArray().Should().Equal(one.Process().Embeddings.ToArray());
        four.Report.Should().Be(one.Report);
    }

    [Fact]
    public void A_plain_networks_start_follows_the_seed()
    {
        DklOptions options = Short("atomai");
        Train(options, seed: 1).State.Content.ToArray().Should().Equal(Train(options, seed: 1).State.Content.ToArray());
        Train(options, seed: 1).State.Content.ToArray().Should()
            .NotEqual(Train(options, seed: 2).State.Content.ToArray());
    }

    [Fact]
    public void A_refit_from_the_last_state_takes_fewer_epochs_and_is_no_worse()
    {
        var engine = new ManagedDklEngine(Candidates, new DklOptions());
        ImmutableArray<Observation> observations = Scenes.Observations(Candidates, 31);
        ModelState state = engine
            .Train(new TrainingRequest(1, observations[..30], null, 5), CancellationToken.None).State;
        TrainingReport warm = engine
            .Train(new TrainingRequest(2, observations, state, 5), CancellationToken.None).Report;
        TrainingReport cold = engine
            .Train(new TrainingRequest(2, observations, null, 5), CancellationToken.None).Report;
        warm.Converged.Should().BeTrue();
        warm.Epochs.Should().BeLessThan(cold.Epochs);
        warm.Loss.Should().BeLessThan(cold.Loss + 0.01);
    }

    [Fact]
    public void Training_lowers_the_loss_and_stops_by_itself()
    {
        DklOptions options = new();
        TrainedModel first = Train(options with { Optimiser = options.Optimiser with { MaxEpochs = 1 } });
        TrainedModel last = Train(options);
        first.Report.Converged.Should().BeFalse();
        last.Report.Converged.Should().BeTrue();
        last.Report.Epochs.Should().BeLessThan(options.Optimiser.MaxEpochs);
        last.Report.Loss.Should().BeLessThan(first.Report.Loss);
    }

    [Fact]
    public void Cancellation_is_noticed_before_the_first_epoch()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        var engine = new ManagedDklEngine(Candidates, new DklOptions());
        Action training = () => engine.Train(
            new TrainingRequest(1, Scenes.Observations(Candidates, 10), null, 1), source.Token);
        training.Should().Throw<OperationCanceledException>();
    }

    [Fact]
    public void An_outlier_that_confesses_a_large_standard_error_does_little_harm()
    {
        ImmutableArray<Observation> sound = Scenes.Observations(Candidates, 30, error: 2.0);
        Observation outlier = sound[12] with { Value = sound[12].Value + 400.0 };
        double[] reference = Map(sound);
        double confessed = Distance(Map(sound.SetItem(12, outlier with { StandardError = 400.0 })), reference);
        double hidden = Distance(Map(sound.SetItem(12, outlier)), reference);
        confessed.Should().BeLessThan(0.25 * hidden);
    }

    private static double[] Map(ImmutableArray<Observation> observations)
    {
        TrainedModel trained = new ManagedDklEngine(Candidates, new DklOptions())
            .Train(new TrainingRequest(1, observations, null, 5), CancellationToken.None);
        return Posterior.Condition(trained.Model, observations).Mean.ToArray();
    }

    private static double Distance(double[] left, double[] right) =>
        Math.Sqrt(left.Zip(right, (a, b) => (a - b) * (a - b)).Average());

    private static TrainedModel Train(DklOptions options, ulong seed = 5) =>
        new ManagedDklEngine(Candidates, options).Train(
            new TrainingRequest(1, Scenes.Observations(Candidates, 25), null, seed), CancellationToken.None);

    // The published network is large for a test; a tenth of its units and fewer epochs show the same.
    private static DklOptions Short(string preset)
    {
        DklOptions options = DklOptions.Preset(preset);
        return preset != "atomai" ? options : options with
        {
            Network = options.Network with { HiddenWidths = [100, 50, 10] },
            Optimiser = options.Optimiser with { MaxEpochs = 60 },
        };
    }
}
