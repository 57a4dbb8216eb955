using System.Text.Json;
using DklActors.Host.Tests.EndToEnd;
using DklActors.Host.Tests.Journals;

namespace DklActors.Host.Tests.Confirming;

/// <summary><c>dkl confirm</c> on a run that is over.</summary>
public sealed class ConfirmCommandTests(FinishedRun run) : IClassFixture<FinishedRun>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Components_are_compared_with_what_the_run_found(bool measuredOnly)
    {
        string folder = Path.Combine(run.Parent, $"confirm-{measuredOnly}");
        string[] only = measuredOnly ? ["--measured-only"] : [];

        using DklProcess dkl = await DklProcess.RunAsync(
            run.Parent, ["confirm", run.Folder, "--components", "3", "--out", folder, "--json", .. only]);

        dkl.ExitCode.Should().Be(0, dkl.Error);
        JsonElement agreements = dkl.Summary.GetProperty("agreements");
        agreements.GetArrayLength().Should().Be(3);
        agreements.EnumerateArray().Sum(agreement => agreement.GetProperty("share").GetDouble())
            .Should().BeApproximately(1, 1e-6);
        dkl.Summary.GetProperty("residual").GetDouble().Should().BeLessThan(0.2);
        Directory.GetFiles(folder).Select(Path.GetFileName)
            .Should().Contain(["confirm-maps.png", "confirm-components.svg"]);
    }
}
