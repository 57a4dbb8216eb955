using DklActors.Learning.Candidates;
using DklActors.Learning.Engines;
using DklActors.Learning.Ensembles;
using DklActors.Learning.Posteriors;
using DklActors.Learning.Scoring;
using DklActors.Learning.Tests.TestSupport;
using DklActors.Messages.Geometry;
using DklActors.Messages.Models;

namespace DklActors.Learning.Tests.Ensembles;

public sealed class EnsembleStateTests
{
    private static readonly EnsembleEngine Engine = QuickEnsemble.Engine();
    private static readonly TrainedModel Trained =
        Engine.Train(Scenes.Observations(QuickEnsemble.Candidates, 20));

    [Fact]
    public void A_restored_ensemble_is_the_trained_one_bit_for_bit()
    {
        var trained = (MixtureModel)Trained.Model;
        var restored = (MixtureModel)QuickEnsemble.Engine().Restore(Trained.State);
        restored.Version.Should().Be(7);
        restored.Shape.Should().Be(trained.Shape);
        restored.Scaling.Should().Be(trained.Scaling);
        restored.Members.Select(member => (member.Name, member.Weight)).Should()
            .Equal(trained.Members.Select(member => (member.Name, member.Weight)));
        foreach ((WeightedProcess left, WeightedProcess right) in restored.Members.Zip(trained.Members))
        {
            left.Process.Embeddings.ToArray().Should().Equal(right.Process.Embeddings.ToArray());
            left.Process.Kernel.Should().BeEquivalentTo(right.Process.Kernel);
        }

        var observations = Scenes.Observations(QuickEnsemble.Candidates, 26);
        var before = Posterior.Condition(trained, observations);
        var after = Posterior.Condition(restored, observations);
        after.Mean.ToArray().Should().Equal(before.Mean.ToArray());
        after.Variance.ToArray().Should().Equal(before.Variance.ToArray());
        after.DeviationAt(9).Should().Be(before.DeviationAt(9));
        Trained.Model.Shape.Should().NotBe(PredictiveShape.Normal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(40)]
    [InlineData(90)]
    [InlineData(-1)]
    public void A_shortened_state_is_refused(int length)
    {
        int kept = length < 0 ? Trained.State.Content.Length - 1 : length;
        Action restoring = () => Engine.Restore(Trained.State with { Content = Trained.State.Content[..kept] });
        restoring.Should().Throw<InvalidDataException>();
    }

    [Fact]
    public void A_flip_of_any_byte_is_noticed()
    {
        byte[] content = Trained.State.Content.ToArray();
        for (int i = 0; i < content.Length; i += i < 64 ? 1 : 997)
        {
            byte[] damaged = [.. content];
            damaged[i] ^= 0x10;
            Action restoring = () => Engine.Restore(Trained.State with { Content = damaged });
            restoring.Should().Throw<InvalidDataException>($"byte {i} is wrong").WithMessage("*state*");
        }
    }

    [Fact]
    public void A_state_of_another_engine_other_members_or_another_image_is_refused_with_a_remedy()
    {
        Action engine = () => Engine.Restore(Trained.State with { Engine = "torch/1" });
        Action single = () => Engine.Restore(
            new ManagedDklEngine(QuickEnsemble.Candidates, QuickEnsemble.Options().Main)
                .Train(Scenes.Observations(QuickEnsemble.Candidates, 9)).State with { Engine = EnsembleEngine.Name });
        Action fewer = () => new EnsembleEngine(QuickEnsemble.Candidates, QuickEnsemble.Options().Members[..4])
            .Restore(Trained.State);
        Action otherOrder = () => new EnsembleEngine(
            QuickEnsemble.Candidates, [.. QuickEnsemble.Options().Members.Reverse()]).Restore(Trained.State);
        Action image = () => new EnsembleEngine(
            CandidateSet.Create(Scenes.Image(seed: 8), new PatchWindow(5)), QuickEnsemble.Options().Members)
            .Restore(Trained.State);
        Action ensembleInSingle = () =>
            new ManagedDklEngine(QuickEnsemble.Candidates, new DklOptions()).Restore(Trained.State);
        engine.Should().Throw<InvalidDataException>()
            .WithMessage("*torch/1*managed-ensemble/1 or torch-ensemble/1*Train again*");
        single.Should().Throw<InvalidDataException>().WithMessage("*not one of an ensemble*");
        fewer.Should().Throw<InvalidDataException>().WithMessage("*5 members*4*Train again*");
        otherOrder.Should().Throw<InvalidDataException>().WithMessage("*other learning options*");
        image.Should().Throw<InvalidDataException>().WithMessage("*another structural image*");
        ensembleInSingle.Should().Throw<InvalidDataException>().WithMessage("*managed-ensemble/1*managed/1*");
    }

    [Fact]
    public void Every_part_comes_back_as_it_went()
    {
        byte[] first = [.. Enumerable.Range(0, 300).Select(i => (byte)i)];
        var state = new EnsembleState(
            new PredictiveShape(double.PositiveInfinity, 0.7), [0.25, 0.0, 0.75],
            [first, ReadOnlyMemory<byte>.Empty, new byte[] { 1, 2, 3 }]);
        EnsembleState read = EnsembleState.Decode(state.Encode(), 3);
        read.Shape.Should().Be(state.Shape);
        read.Weights.Should().Equal(state.Weights);
        read.States.Select(part => part.ToArray()).Should().BeEquivalentTo(
            state.States.Select(part => part.ToArray()), options => options.WithStrictOrdering());
    }
}
