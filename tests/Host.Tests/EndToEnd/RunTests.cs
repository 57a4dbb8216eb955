using System.Text.Json;
using System.Xml.Linq;
using DklActors.Host.Evidence;
using DklActors.Host.Tests.Figures;
using DklActors.Messages.Events;
using DklActors.Messages.Models;
using DklActors.Messages.Scalars;

namespace DklActors.Host.Tests.EndToEnd;

public sealed class RunTests
{
    [Fact]
    public async Task A_run_leaves_its_summary_its_figures_and_an_intact_journal()
    {
        using var folder = new RunFolderOnDisk();
        using DklProcess dkl = await DklProcess.RunAsync(
            folder.Parent, "run", folder.WriteRecipe(), "--out", folder.Run, "--json");

        dkl.ExitCode.Should().Be(0, dkl.Error);
        JsonElement summary = dkl.Summary;
        summary.GetProperty("points").GetInt32().Should().Be(13);
        summary.GetProperty("badPoints").GetInt32().Should().Be(0);
        summary.GetProperty("measurementsRepeated").GetInt32().Should().Be(0);
        summary.GetProperty("rmse").GetDouble().Should().BeInRange(0, 0.5);
        summary.GetProperty("r2").GetDouble().Should().BeLessThanOrEqualTo(1);
        summary.GetProperty("nlpd").ValueKind.Should().Be(JsonValueKind.Number);
        summary.GetProperty("best").GetProperty("value").GetDouble().Should().BePositive();
        summary.GetProperty("durationSeconds").GetDouble().Should().BePositive();
        double overlapped = summary.GetProperty("beamUtilisation").GetDouble();
        overlapped.Should().BeInRange(0, 1);
        summary.GetProperty("serialBeamUtilisation").GetDouble().Should().BeInRange(0, overlapped + 1e-9);
        StructureEvidence evidence = folder.Events().OfType<ModelTrained>().Last().Report.Evidence!;
        JsonElement structure = summary.GetProperty("structure");
        structure.GetProperty("verdict").GetString().Should().BeEquivalentTo($"{evidence.Verdict}");
        structure.GetProperty("structure").GetDouble().Should().Be(evidence.Structure);
        structure.GetProperty("position").GetDouble().Should().Be(evidence.Position);
        structure.GetProperty("constant").GetDouble().Should().Be(evidence.Constant);
        dkl.Error.Should().Contain($"finding  {structure.GetProperty("words").GetString()}");
        summary.GetProperty("journal").GetProperty("intact").GetBoolean().Should().BeTrue();

        File.ReadAllText(Path.Combine(folder.Run, "summary.json")).Should().Contain("\"points\": 13");
        File.Exists(Path.Combine(folder.Run, "recipe.yaml")).Should().BeTrue();
        foreach (string name in new[]
            { "overview", "structure", "prediction", "uncertainty", "acquisition", "truth", "error" })
        {
            byte[] png = File.ReadAllBytes(Path.Combine(folder.Run, "figures", $"{name}.png"));
            PngDecoder.Read(png).Width.Should().BeGreaterThan(400);
        }

        var curve = XDocument.Load(Path.Combine(folder.Run, "figures", "learning-curve.svg"));
        curve.Root!.Name.LocalName.Should().Be("svg");
        folder.Events().OfType<ExperimentCompleted>().Should().ContainSingle();
    }

    [Fact]
    public async Task Points_of_which_nothing_was_learned_are_told()
    {
        using var folder = new RunFolderOnDisk();
        using DklProcess dkl = await DklProcess.RunAsync(
            folder.Parent, "run", folder.WriteRecipe(), "--out", folder.Run, "--json", "--set",
            "scalarizer.kind=peak-maximum", "--set", "scalarizer.saturation=1e-6");

        int bad = folder.Events().OfType<PointScalarized>().Count(point => point.Scalar.Quality == ScalarQuality.Bad);
        bad.Should().BePositive("every frame reaches so low a limit");
        dkl.Summary.GetProperty("badPoints").GetInt32().Should().Be(bad);
        dkl.Error.Should().Contain($"({bad} of them bad");
    }

    // The bound is what the map must reach after 60 measurements; PCA with a Gaussian process reaches 0.069.
    [SharedDataFact("sio2_eds/neutral.npz")]
    public async Task The_silica_recipe_maps_14400_positions_from_70_spectra()
    {
        using var folder = new RunFolderOnDisk();
        string recipe = RepositoryRoot.PathOf("config/experiments/sio2-silica.yaml");
        using DklProcess dkl = await DklProcess.RunAsync(
            folder.Parent, "run", recipe, "--out", folder.Run, "--json",
            "--data", SharedData.PathOf("sio2_eds/neutral.npz"), "--set", "exposure.dwell=20 ms");

        dkl.ExitCode.Should().Be(0, dkl.Error);
        dkl.Summary.GetProperty("points").GetInt32().Should().Be(70);
        dkl.Summary.GetProperty("rmse").GetDouble().Should().BeLessThanOrEqualTo(0.09);
        dkl.Summary.GetProperty("measurementsRepeated").GetInt32().Should().Be(0);
    }

    [Fact]
    public async Task Without_json_the_summary_is_in_words()
    {
        using var folder = new RunFolderOnDisk();
        using DklProcess dkl = await DklProcess.RunAsync(
            folder.Parent, "run", folder.WriteRecipe(measurements: 2), "--out", folder.Run);

        dkl.ExitCode.Should().Be(0, dkl.Error);
        dkl.Out.Should().Contain("7 measured, 0 repeated").And.Contain("chain intact").And.Contain("overview.png");
        dkl.Error.Should().BeEmpty();
    }

    [Fact]
    public async Task A_run_says_whether_structure_helps_as_soon_as_its_models_agree_and_not_with_every_model()
    {
        using var folder = new RunFolderOnDisk();
        using DklProcess dkl = await DklProcess.RunAsync(
            folder.Parent, "run", folder.WriteRecipe("60 ms", measurements: 25), "--out", folder.Run);

        dkl.ExitCode.Should().Be(0, dkl.Error);
        StructureEvidence[] found =
        [
            .. folder.Events().OfType<ModelTrained>()
                .Select(model => model.Report.Evidence).OfType<StructureEvidence>(),
        ];
        var verdict = new SettledVerdict();
        List<string> settled = [];
        foreach (StructureEvidence evidence in found)
        {
            StructureEvidence? before = verdict.Evidence;
            verdict.Note(evidence);
            if (verdict.Evidence != before)
            {
                settled.Add($"      {StructureWords.Of(verdict.Evidence!)}");
            }
        }

        // A terminal looks now and then, so it may miss a verdict that another one replaced at once.
        string[] told = [.. dkl.Out.Split('\n').Where(line => line.Contains("structure", StringComparison.Ordinal)
            && line.StartsWith("      ", StringComparison.Ordinal))];
        told.Should().BeSubsetOf(settled).And.OnlyHaveUniqueItems();
        told.LastOrDefault().Should().Be(settled.LastOrDefault());
        // The particles are all that the signal of the sample comes from.
        dkl.Out.Should().Contain($"finding  {StructureWords.Of(found[^1])}").And.Contain("finding  structure helps: ");
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_signal_ends_the_run_between_points_with_code_3_and_it_can_be_resumed(string signal)
    {
        using var folder = new RunFolderOnDisk();
        using DklProcess first = DklProcess.Start(
            folder.Parent, "run", folder.WriteSlowRecipe(), "--out", folder.Run, "--json");
        await folder.WaitForAsync<FrameRecorded>(3);
        await first.SignalAsync(signal);
        await first.EndAsync();

        first.ExitCode.Should().Be(3, first.Error);
        first.Summary.GetProperty("state").GetString().Should().Be("stopped");
        folder.Events()[^1].Should().BeOfType<ExperimentStopped>();

        using DklProcess second = await DklProcess.RunAsync(folder.Parent, "run", "--resume", folder.Run, "--json");
        second.ExitCode.Should().Be(0, second.Error);
        second.Summary.GetProperty("points").GetInt32().Should().Be(RunFolderOnDisk.SlowPoints);
        second.Summary.GetProperty("measurementsRepeated").GetInt32().Should().Be(0);
        second.Summary.GetProperty("exposuresOfUnknownOutcome").GetInt32().Should().Be(0);
    }

    [Fact]
    public async Task Two_processes_do_not_work_on_one_run()
    {
        using var folder = new RunFolderOnDisk();
        using DklProcess first = DklProcess.Start(
            folder.Parent, "run", folder.WriteSlowRecipe(), "--out", folder.Run, "--json");
        await folder.WaitForAsync<FrameRecorded>(1);

        using DklProcess second = await DklProcess.RunAsync(folder.Parent, "run", "--resume", folder.Run);
        second.ExitCode.Should().Be(2);
        second.Error.Should().Contain("in use by another process");

        await first.EndAsync();
        first.ExitCode.Should().Be(0, first.Error);
    }
}
