using System.Text.Json;
using DklActors.Messages.Events;

namespace DklActors.Host.Tests.EndToEnd;

/// <summary>A run derived again, as a user does.</summary>
public sealed class ReplayTests
{
    [Fact]
    public async Task The_sample_run_follows_again()
    {
        using var folder = new RunFolderOnDisk();
        await RunAsync(folder, RepositoryRoot.PathOf("samples/nanoparticles.yaml"), 12, "exposure.dwell=20 ms");

        JsonElement report = await VerifyAsync(folder);

        report.GetProperty("divergences").GetArrayLength().Should().Be(0);
        Sum(report, "same").Should().Be(Sum(report, "checked"));
    }

    [SharedDataTheory(
        "pfm_beps/pfm.npz", "plasmon_sim/centres.npy", "si_eels_interface/SI-EELS.dm3", "sio2_eds/neutral.npz")]
    [InlineData("pfm-domains")]
    [InlineData("plasmon-simulated")]
    [InlineData("eels-interface")]
    [InlineData("sio2-silica")]
    public async Task Runs_of_the_recipes_of_the_shared_data_follow_again(string name)
    {
        using var folder = new RunFolderOnDisk();
        await RunAsync(folder, RepositoryRoot.PathOf($"config/experiments/{name}.yaml"), 5, "exposure.dwell=10 ms");

        JsonElement report = await VerifyAsync(folder);

        report.GetProperty("divergences").GetArrayLength().Should().Be(0);
        Sum(report, "same").Should().Be(Sum(report, "checked"));
    }

    [Fact]
    public async Task A_run_on_recorded_data_is_replayed_though_the_data_are_gone()
    {
        using var folder = new RunFolderOnDisk();
        using DklProcess run = await DklProcess.RunAsync(
            folder.Parent, "run", RecordedDataTests.WriteValues(folder), "--out", folder.Run, "--json");
        run.ExitCode.Should().Be(0, run.Error);
        File.Delete(Path.Combine(folder.Parent, "values.npz"));

        JsonElement report = await VerifyAsync(folder);
        Sum(report, "same").Should().Be(Sum(report, "checked"));

        using DklProcess at = await DklProcess.RunAsync(folder.Parent, "replay", folder.Run, "--at", "20");
        at.ExitCode.Should().Be(0, at.Error);
        at.Out.Should().Contain("values.npz is not there");
        File.Exists(Path.Combine(folder.Run, "figures", "at-20", "structure.png")).Should().BeTrue();

        using DklProcess whatIf = await DklProcess.RunAsync(
            folder.Parent, "replay", folder.Run, "--what-if", "acquisition=ucb");
        whatIf.ExitCode.Should().Be(0, whatIf.Error);
        whatIf.Out.Should().Contain("cannot be run to its end").And.Contain("on the 12 points that were measured");
    }

    [Fact]
    public async Task A_run_that_was_killed_and_resumed_follows_again()
    {
        using var folder = new RunFolderOnDisk();
        using (DklProcess killed = DklProcess.Start(
            folder.Parent, "run", folder.WriteRecipe("80 ms", 12), "--out", folder.Run))
        {
            await folder.WaitForAsync<PointScalarized>(9);
            await killed.KillAsync();
        }

        using DklProcess resumed = await DklProcess.RunAsync(folder.Parent, "run", "--resume", folder.Run, "--json");
        resumed.ExitCode.Should().Be(0, resumed.Error);

        JsonElement report = await VerifyAsync(folder);
        Sum(report, "same").Should().Be(Sum(report, "checked"));
    }

    [Fact]
    public async Task What_another_choice_would_have_done_is_run_to_its_end_and_leaves_the_run_as_it_was()
    {
        using var folder = new RunFolderOnDisk();
        using DklProcess run = await DklProcess.RunAsync(
            folder.Parent, "run", folder.WriteRecipe(), "--out", folder.Run, "--json");
        run.ExitCode.Should().Be(0, run.Error);
        int events = folder.Events().Count;
        string summary = await File.ReadAllTextAsync(Path.Combine(folder.Run, "summary.json"));

        using DklProcess whatIf = await DklProcess.RunAsync(
            folder.Parent, "replay", folder.Run, "--what-if", "acquisition=random", "--what-if",
            "scalarizer=peak-maximum", "--json");

        whatIf.ExitCode.Should().Be(0, whatIf.Error);
        JsonElement outcome = whatIf.Summary;
        outcome.GetProperty("numbers").GetProperty("scalars").GetInt32().Should().Be(13);
        outcome.GetProperty("counterfactual").GetProperty("rmse").GetDouble().Should().BePositive();
        foreach (string name in new[] { "maps.png", "maps-same-points.png", "learning-curves.svg", "decisions.csv" })
        {
            File.Exists(Path.Combine(
                folder.Run, "figures", "what-if-acquisition-random-scalarizer-peak-maximum", name))
                .Should().BeTrue(name);
        }

        folder.Events().Should().HaveCount(events);
        (await File.ReadAllTextAsync(Path.Combine(folder.Run, "summary.json"))).Should().Be(summary);
    }

    [Theory]
    [InlineData("dkl: replay: give one of --verify, --at SEQ and --what-if")]
    [InlineData("--at 100000: the run has the events 1 to", "--at", "100000")]
    [InlineData("expected key=value", "--what-if", "acquisition")]
    [InlineData("--set planner.acquisition", "--what-if", "acquisition=guessing")]
    [InlineData("give one of", "--verify", "--at", "3")]
    public async Task Wrong_use_is_told_in_a_line(string words, params string[] options)
    {
        using var folder = new RunFolderOnDisk();
        using DklProcess run = await DklProcess.RunAsync(
            folder.Parent, "run", folder.WriteRecipe(measurements: 2), "--out", folder.Run, "--json");
        run.ExitCode.Should().Be(0, run.Error);

        using DklProcess dkl = await DklProcess.RunAsync(folder.Parent, ["replay", folder.Run, .. options]);

        dkl.ExitCode.Should().Be(2, dkl.Out);
        dkl.Error.Should().Contain(words);
    }

    [Fact]
    public async Task A_folder_without_a_run_is_wrong_use()
    {
        using var folder = new RunFolderOnDisk();
        using DklProcess dkl = await DklProcess.RunAsync(folder.Parent, "replay", folder.Parent, "--verify");

        dkl.ExitCode.Should().Be(2);
        dkl.Error.Should().Contain("holds no run");
    }

    private static long Sum(JsonElement report, string count) =>
        report.GetProperty("checks").EnumerateArray().Sum(check => check.GetProperty(count).GetInt64());

    private static async Task RunAsync(RunFolderOnDisk folder, string recipe, int measurements, string set)
    {
        using DklProcess run = await DklProcess.RunAsync(
            folder.Parent, "run", recipe, "--out", folder.Run, "--json",
            "--set", $"planner.measurements={measurements}", "--set", set);
        run.ExitCode.Should().Be(0, run.Error);
    }

    private static async Task<JsonElement> VerifyAsync(RunFolderOnDisk folder)
    {
        using DklProcess verify = await DklProcess.RunAsync(
            folder.Parent, "replay", folder.Run, "--verify", "--json");
        verify.ExitCode.Should().Be(0, verify.Error);
        verify.Error.Should().Contain("0 divergences");
        return verify.Summary;
    }
}
