using DklActors.Host.Tests.EndToEnd;
using DklActors.Messages.Events;
using DklActors.Torch.Tests.TestSupport;

namespace DklActors.Torch.Tests.Running;

/// <summary>Whole experiments, as a user starts them.</summary>
public sealed class TorchRunTests : IDisposable
{
    private readonly RunFolderOnDisk _folder = new();

    public void Dispose() => _folder.Dispose();

    [TorchTheory]
    [InlineData("default", "torch-ensemble/1")]
    [InlineData("dkl", "torch/1")]
    public async Task A_run_on_libtorch_is_completed_and_verified(string model, string engine)
    {
        using DklProcess run = await DklProcess.RunAsync(
            _folder.Parent, "run", _folder.WriteRecipe(), "--out", _folder.Run, "--json", "--set",
            "learning.engine=torch", "--set", $"learning.device={TorchNeeded.Device}", "--set",
            $"learning.model={model}");
        run.ExitCode.Should().Be(0, run.Error);
        run.Summary.GetProperty("points").GetInt32().Should().Be(13);
        _folder.Events().OfType<ModelTrained>().Should().NotBeEmpty().And.OnlyContain(
            trained => trained.Engine == engine);
        ExperimentStarted started = _folder.Events().OfType<ExperimentStarted>().Single();
        started.Engine.Should().Be($"torch, {model}");
        started.Provenance.InstructionSet.Should().MatchRegex($@"; torch/1 libtorch \S+ {TorchNeeded.Device}$");

        using DklProcess verified = await DklProcess.RunAsync(_folder.Parent, "replay", _folder.Run, "--verify");
        verified.ExitCode.Should().Be(0, verified.Out + verified.Error);
        verified.Out.Should().NotContain("not trained again");

        // Elsewhere there may be no libtorch: then its models are used as they are stored.
        using DklProcess elsewhere = DklProcess.Start(
            _folder.Parent, new Dictionary<string, string> { ["DKL_TORCH"] = _folder.Parent }, "replay", _folder.Run,
            "--verify");
        await elsewhere.EndAsync();
        elsewhere.ExitCode.Should().Be(0, elsewhere.Out + elsewhere.Error);
        elsewhere.Out.Should().Contain("not trained again");
    }

    [Fact]
    public async Task Without_the_library_the_recipes_key_says_what_to_do()
    {
        using DklProcess run = DklProcess.Start(
            _folder.Parent, new Dictionary<string, string> { ["DKL_TORCH"] = _folder.Parent }, "run",
            _folder.WriteRecipe(), "--out", _folder.Run, "--set", "learning.engine=torch");
        await run.EndAsync();
        run.ExitCode.Should().Be(2);
        run.Error.Should().Contain("learning.engine").And.Contain("DKL_TORCH names").And.Contain("managed");
        Directory.Exists(_folder.Run).Should().BeFalse();
    }

    [TorchFact]
    public async Task A_device_that_is_not_there_is_told_at_its_key()
    {
        using DklProcess run = await DklProcess.RunAsync(
            _folder.Parent, "run", _folder.WriteRecipe(), "--out", _folder.Run, "--set", "learning.engine=torch",
            "--set", "learning.device=cuda:99");
        run.ExitCode.Should().Be(2);
        run.Error.Should().Contain("learning.device").And.Contain("no device cuda:99");
    }

    [Fact]
    public async Task The_doctor_tells_whether_it_is_there()
    {
        using DklProcess doctor = DklProcess.Start(
            _folder.Parent, new Dictionary<string, string> { ["DKL_TORCH"] = _folder.Parent }, "doctor", "--data",
            Path.Combine(_folder.Parent, "data"));
        await doctor.EndAsync();
        doctor.Out.Should().MatchRegex(@"torch\s+is not there");
    }
}
