using System.Collections.Immutable;
using DklActors.Learning.Candidates;
using DklActors.Learning.Engines;
using DklActors.Learning.Linear;
using DklActors.Learning.Posteriors;
using DklActors.Learning.Tests.TestSupport;
using DklActors.Messages.Models;
using DklActors.Messages.Scalars;
using DklActors.Torch.Engines;
using DklActors.Torch.Tests.TestSupport;

namespace DklActors.Torch.Tests.Engines;

public sealed class TorchDklEngineTests
{
    private static readonly CandidateSet Candidates = Scenes.Candidates();

    public static TheoryData<string> Presets => [.. DklPresets.Names];

    [TorchTheory]
    [InlineData("dkl")]
    [InlineData("features")]
    [InlineData("pca")]
    [InlineData("atomai")]
    public void It_learns_structure_that_it_has_not_seen(string preset)
    {
        var engine = Engine(Short(preset));
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
        trained.Report.Note.Should().BeNull();
        trained.State.Engine.Should().Be("torch/1");
        engine.Identity.Should().MatchRegex($@"^torch/1 libtorch \d+\.\d+\.\d+\S* {TorchNeeded.Device}; ")
            .And.EndWith($" {TorchNeeded.Device}; {InstructionSet.Current}");
    }

    /// <summary>
    /// Same start, same loss, same steps: after a few of them rounding has not grown much yet. How much is rounding a
    /// float64 network tells, from which neither float32 engine may be much farther than the other.
    /// </summary>
    [TorchTheory]
    [MemberData(nameof(Presets))]
    public void It_takes_the_steps_of_the_managed_engine(string preset)
    {
        DklOptions options = Short(preset) with { Threads = 1 };
        options = options with { Optimiser = options.Optimiser with { MaxEpochs = 8, Tolerance = 0.0 } };
        var request = new TrainingRequest(1, Scenes.Observations(Candidates, 25, error: 3.0), null, 5);
        TrainedModel managed = new ManagedDklEngine(Candidates, options).Train(request, CancellationToken.None);
        TrainedModel torch = Engine(options).Train(request, CancellationToken.None);
        TrainedModel exact = new TorchDklEngine(Candidates, options, TorchNeeded.Device, ScalarType.Float64).Train(
            request, CancellationToken.None);

        torch.Report.Epochs.Should().Be(managed.Report.Epochs);
        torch.Report.Loss.Should().BeApproximately(managed.Report.Loss, 1e-4 * Math.Abs(managed.Report.Loss));
        torch.Report.NoiseDeviation.Should().BeApproximately(
            managed.Report.NoiseDeviation, 1e-3 * managed.Report.NoiseDeviation);
        float rounding = Farthest(managed, exact);
        rounding.Should().BeLessThan(1e-2f);
        Farthest(torch, exact).Should().BeLessThan(
            (5.0f * rounding) + 1e-5f, $"the managed engine is off by {rounding}");
    }

    [TorchTheory]
    [InlineData("dkl")]
    [InlineData("atomai")]
    public void The_same_seed_gives_the_same_bits(string preset)
    {
        TrainedModel one = Train(Short(preset)), two = Train(Short(preset));
        two.State.Content.ToArray().Should().Equal(one.State.Content.ToArray());
        two.Process().Embeddings.ToArray().Should().Equal(one.Process().Embeddings.ToArray());
        two.Report.Should().Be(one.Report);
        if (preset == "atomai")
        {
            Train(Short(preset), seed: 6).State.Content.ToArray().Should().NotEqual(one.State.Content.ToArray());
        }
    }

    [TorchFact]
    public void Models_that_are_trained_side_by_side_have_the_bits_of_one_after_the_other()
    {
        byte[] alone = Train(Short("dkl")).State.Content.ToArray();
        Parallel.For(0, 6, _ => Train(Short("dkl")).State.Content.ToArray().Should().Equal(alone));
    }

    [TorchFact]
    public void A_training_converges_when_the_managed_one_does()
    {
        TrainedModel managed = new ManagedDklEngine(Candidates, new DklOptions()).Train(
            Request(), CancellationToken.None);
        TrainedModel torch = Train(new DklOptions());
        torch.Report.Converged.Should().BeTrue();
        torch.Report.Epochs.Should().BeCloseTo(managed.Report.Epochs, 2);
        torch.Report.Loss.Should().BeApproximately(managed.Report.Loss, 1e-3);
    }

    /// <summary>The host looks only now and then, and the device keeps what there was when it was over.</summary>
    [TorchTheory]
    [InlineData("dkl")]
    [InlineData("atomai")]
    public void The_way_of_a_gpu_gives_what_that_of_a_processor_does(string preset)
    {
        TrainedModel watched = Train(Short(preset));
        TrainedModel unwatched = new TorchDklEngine(
            Candidates, Short(preset), TorchNeeded.Device) { MayWait = false }.Train(
            Request(), CancellationToken.None);
        unwatched.Report.Converged.Should().Be(watched.Report.Converged);
        unwatched.Report.Epochs.Should().BeCloseTo(watched.Report.Epochs, 2);
        unwatched.Report.Loss.Should().BeApproximately(watched.Report.Loss, 1e-3);
    }

    [TorchFact]
    public void A_state_is_restored_bit_for_bit()
    {
        TrainedModel trained = Train(Short("atomai"));
        var restored = (ProcessModel)Engine(Short("atomai")).Restore(trained.State);
        restored.Embeddings.ToArray().Should().Equal(trained.Process().Embeddings.ToArray());
        restored.Kernel.Should().BeEquivalentTo(trained.Process().Kernel);
    }

    [TorchFact]
    public void Cancellation_is_noticed_before_the_first_epoch()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Action training = () => Engine(new DklOptions()).Train(Request(), source.Token);
        training.Should().Throw<OperationCanceledException>();
    }

    [TorchFact]
    public void A_network_that_runs_away_is_kept_at_its_best_step()
    {
        DklOptions options = Short("atomai");
        options = options with
        {
            Optimiser = options.Optimiser with { NetworkLearningRate = 1.0, HyperparameterLearningRate = 1.0 },
        };
        TrainingReport report = Train(options).Report;
        double.IsFinite(report.Loss).Should().BeTrue();
        report.Loss.Should().BeLessThanOrEqualTo(
            Train(options with { Optimiser = options.Optimiser with { MaxEpochs = 1 } }).Report.Loss);
    }

    internal static void ShouldBeNear(ReadOnlySpan<float> found, ReadOnlySpan<float> expected, float tolerance) =>
        Farthest(found, expected).Should().BeLessThan(tolerance);

    private static float Farthest(TrainedModel found, TrainedModel expected) =>
        Farthest(found.Process().Embeddings.Span, expected.Process().Embeddings.Span);

    private static float Farthest(ReadOnlySpan<float> found, ReadOnlySpan<float> expected)
    {
        found.Length.Should().Be(expected.Length);
        float worst = 0.0f;
        for (int i = 0; i < found.Length; i++)
        {
            worst = Math.Max(worst, Math.Abs(found[i] - expected[i]) / (1.0f + Math.Abs(expected[i])));
        }

        return worst;
    }

    /// <summary>The published network is large for a test; a tenth of its units shows the same.</summary>
    internal static DklOptions Short(string preset)
    {
        DklOptions options = DklOptions.Preset(preset);
        return preset != "atomai" ? options : options with
        {
            Network = options.Network with { HiddenWidths = [100, 50, 10] },
            Optimiser = options.Optimiser with { MaxEpochs = 60 },
        };
    }

    private static TorchDklEngine Engine(DklOptions options) => new(Candidates, options, TorchNeeded.Device);

    private static TrainingRequest Request(ulong seed = 5) =>
        new(1, Scenes.Observations(Candidates, 25), null, seed);

    private static TrainedModel Train(DklOptions options, ulong seed = 5) =>
        Engine(options).Train(Request(seed), CancellationToken.None);
}
