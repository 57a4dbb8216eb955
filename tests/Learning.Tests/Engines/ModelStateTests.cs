using DklActors.Learning.Candidates;
using DklActors.Learning.Engines;
using DklActors.Learning.Tests.TestSupport;
using DklActors.Messages.Geometry;
using DklActors.Messages.Models;

namespace DklActors.Learning.Tests.Engines;

public sealed class ModelStateTests
{
    private static readonly CandidateSet Candidates = Scenes.Candidates();
    private static readonly ManagedDklEngine Engine = new(Candidates, new DklOptions());
    private static readonly TrainedModel Trained = Engine.Train(
        new TrainingRequest(7, Scenes.Observations(Candidates, 20), null, 5), CancellationToken.None);

    [Fact]
    public void A_restored_model_is_the_trained_one_bit_for_bit()
    {
        var restored = (ProcessModel)new ManagedDklEngine(Candidates, new DklOptions()).Restore(Trained.State);
        restored.Version.Should().Be(7);
        restored.Embeddings.ToArray().Should().Equal(Trained.Process().Embeddings.ToArray());
        restored.Scaling.Should().Be(Trained.Model.Scaling);
        restored.Kernel.Lengthscales.Should().Equal(Trained.Process().Kernel.Lengthscales);
        restored.Kernel.Should().BeEquivalentTo(Trained.Process().Kernel);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(40)]
    [InlineData(200)]
    public void A_shortened_state_is_refused(int length)
    {
        Action restoring = () => Engine.Restore(Trained.State with { Content = Trained.State.Content[..length] });
        restoring.Should().Throw<InvalidDataException>();
    }

    [Fact]
    public void A_flip_of_any_byte_is_noticed()
    {
        for (int i = 0; i < Trained.State.Content.Length; i += 97)
        {
            byte[] damaged = Trained.State.Content.ToArray();
            damaged[i] ^= 0x10;
            Action restoring = () => Engine.Restore(Trained.State with { Content = damaged });
            restoring.Should().Throw<InvalidDataException>($"byte {i} is wrong");
        }
    }

    [Fact]
    public void A_state_of_another_engine_other_options_or_another_image_is_refused_with_a_remedy()
    {
        DklOptions options = new();
        var otherKernel = new ManagedDklEngine(
            Candidates, options with { Process = options.Process with { Kernel = Kernels.KernelKind.Rbf } });
        var otherImage = new ManagedDklEngine(
            CandidateSet.Create(Scenes.Image(seed: 8), new PatchWindow(5)), options);
        ModelState otherEngine = Trained.State with { Engine = "other/1" };
        Action kernel = () => otherKernel.Restore(Trained.State);
        Action image = () => otherImage.Restore(Trained.State);
        Action engine = () => Engine.Restore(otherEngine);
        kernel.Should().Throw<InvalidDataException>().WithMessage("*other learning options*");
        image.Should().Throw<InvalidDataException>().WithMessage("*another structural image*");
        engine.Should().Throw<InvalidDataException>().WithMessage("*other/1*managed/1*torch/1*");
    }

    [Fact]
    public void A_refit_survives_a_useless_warm_start_and_says_so()
    {
        ModelState useless = Trained.State with { Content = new byte[10] };
        TrainedModel refit = Engine.Train(
            new TrainingRequest(7, Scenes.Observations(Candidates, 20), useless, 5), CancellationToken.None);
        refit.Report.Note.Should().Contain("warm start was not used");
        refit.State.Content.ToArray().Should().Equal(Trained.State.Content.ToArray());
    }
}
