using DklActors.Learning.Candidates;
using DklActors.Learning.Engines;
using DklActors.Learning.Tests.TestSupport;
using DklActors.Messages.Geometry;
using DklActors.Messages.Models;

namespace DklActors.Learning.Tests.Engines;

public sealed class ModelStateTests
{
    private static readonly CandidateSet _candidates = Scenes.Candidates();
    private static readonly ManagedDklEngine _engine = new(_candidates, new DklOptions());
    private static readonly TrainedModel _trained = _engine.Train(
        new TrainingRequest(7, Scenes.Observations(_candidates, 20), null, 5), CancellationToken.None);

    [Fact]
    public void A_restored_model_is_the_trained_one_bit_for_bit()
    {
        CandidateModel restored = new ManagedDklEngine(_candidates, new DklOptions()).Restore(_trained.State);
        restored.Version.Should().Be(7);
        restored.Embeddings.ToArray().Should().Equal(_trained.Model.Embeddings.ToArray());
        restored.Scaling.Should().Be(_trained.Model.Scaling);
        restored.Kernel.Lengthscales.Should().Equal(_trained.Model.Kernel.Lengthscales);
        (restored.Kernel with { Lengthscales = [] }).Should().Be(_trained.Model.Kernel with { Lengthscales = [] });
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(40)]
    [InlineData(200)]
    public void A_shortened_state_is_refused(int length)
    {
        Action restoring = () => _engine.Restore(_trained.State with { Content = _trained.State.Content[..length] });
        restoring.Should().Throw<InvalidDataException>();
    }

    [Fact]
    public void A_flip_of_any_byte_is_noticed()
    {
        for (int i = 0; i < _trained.State.Content.Length; i += 97)
        {
            byte[] damaged = _trained.State.Content.ToArray();
            damaged[i] ^= 0x10;
            Action restoring = () => _engine.Restore(_trained.State with { Content = damaged });
            restoring.Should().Throw<InvalidDataException>($"byte {i} is wrong");
        }
    }

    [Fact]
    public void A_state_of_another_engine_other_options_or_another_image_is_refused_with_a_remedy()
    {
        DklOptions options = new();
        var otherKernel = new ManagedDklEngine(
            _candidates, options with { Process = options.Process with { Kernel = Kernels.KernelKind.Rbf } });
        var otherImage = new ManagedDklEngine(
            CandidateSet.Create(Scenes.Image(seed: 8), new PatchWindow(5)), options);
        ModelState otherEngine = _trained.State with { Engine = "torch/1" };
        Action kernel = () => otherKernel.Restore(_trained.State);
        Action image = () => otherImage.Restore(_trained.State);
        Action engine = () => _engine.Restore(otherEngine);
        kernel.Should().Throw<InvalidDataException>().WithMessage("*other learning options*");
        image.Should().Throw<InvalidDataException>().WithMessage("*another structural image*");
        engine.Should().Throw<InvalidDataException>().WithMessage("*torch/1*managed/1*");
    }

    [Fact]
    public void A_refit_survives_a_useless_warm_start_and_says_so()
    {
        ModelState useless = _trained.State with { Content = new byte[10] };
        TrainedModel refit = _engine.Train(
            new TrainingRequest(7, Scenes.Observations(_candidates, 20), useless, 5), CancellationToken.None);
        refit.Report.Note.Should().Contain("warm start was not used");
        refit.State.Content.ToArray().Should().Equal(_trained.State.Content.ToArray());
    }
}
