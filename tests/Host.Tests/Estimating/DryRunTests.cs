using DklActors.Host.Estimating;
using DklActors.Host.Recipes;
using DklActors.Host.Tests.EndToEnd;
using DklActors.Messages.Events;

namespace DklActors.Host.Tests.Estimating;

public sealed class DryRunTests : IDisposable
{
    private readonly RunFolderOnDisk _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Points_time_and_dose_are_those_of_the_recipe()
    {
        Estimate estimate = EstimateOf(("microscope.survey", "2 s"), ("microscope.pixelSize", "2 nm"));

        estimate.Points.Should().Be(13);
        estimate.Exposures.Should().Be(13);
        estimate.Candidates.Should().Be(34 * 34);
        // 2 s of survey, then 1 ms + 10 ms + 2 ms a point.
        estimate.DurationS.Should().BeApproximately(2 + (13 * 0.013), 1e-9);
        // 10 pA are 6.2415e7 electrons a second.
        estimate.Electrons.Should().BeApproximately(6.241509e7 * (2 + (13 * 0.01)), 1e3);
        // The survey is spread over 40 × 40 px; a pixel has an edge of 2 nm, 400 square ångström.
        estimate.DosePerPixel.Should().BeApproximately(6.241509e7 * ((2.0 / 1600) + 0.01) / 400, 1);
    }

    [Fact]
    public void Neighbours_that_a_scalar_needs_are_exposed_too()
    {
        Recipe recipe = RecipeReader.Read(
            RepositoryRoot.PathOf("config/experiments/com-atomic-columns.yaml"),
            [("scalarizer.kind", "com-divergence"), ("scalarizer.scanStep", "0.2 A")],
            out RecipeOrigins origins);

        Estimate estimate = DryRun.Of(recipe, origins, TimeProvider.System, _folder.Parent);

        estimate.Exposures.Should().Be(5 * estimate.Points);
        estimate.Warnings.Should().Contain(warning => warning.Contains("up to 5 exposures"));
    }

    [Fact]
    public async Task A_limit_that_ends_the_run_early_is_foreseen_to_the_point()
    {
        string recipe = _folder.WriteRecipe(more: "limits:\n  totalElectrons: 3.5e6");
        Estimate estimate = DryRun.Of(RecipeReader.Read(recipe, [], out RecipeOrigins origins), origins,
            TimeProvider.System);

        using DklProcess run = await DklProcess.RunAsync(_folder.Parent, "run", recipe, "--out", _folder.Run, "--json");

        run.ExitCode.Should().Be(4, run.Error);
        int measured = _folder.Events().OfType<FrameRecorded>().Count();
        estimate.Warnings.Should().Contain(warning => warning.Contains($"after about {measured} of 13 points"));
    }

    [Fact]
    public void A_dose_that_no_exposure_can_keep_to_is_foreseen() =>
        EstimateOf(("limits.dosePerPixel", "1 e/A^2")).Warnings.Should()
            .Contain(warning => warning.StartsWith("No point will be exposed"));

    [Fact]
    public void A_blanker_outside_is_neither_made_nor_blanked()
    {
        string line = Path.Combine(_folder.Parent, "line");
        EstimateOf().Warnings.Should().Contain(warning => warning.Contains("microscope.blanker"));

        EstimateOf(("microscope.blanker", $"file:{line}")).Warnings.Should().BeEmpty();

        File.Exists(line).Should().BeFalse("others may be at work on it");
    }

    [Fact]
    public async Task The_command_says_it_to_people_and_machines_and_makes_no_run()
    {
        string recipe = _folder.WriteRecipe();
        using DklProcess people = await DklProcess.RunAsync(_folder.Parent, "run", recipe, "--check");
        using DklProcess machines = await DklProcess.RunAsync(_folder.Parent, "run", recipe, "--check", "--json");
        using DklProcess wrong = await DklProcess.RunAsync(
            _folder.Parent, "run", recipe, "--check", "--set", "planner.measurements=5000");

        people.ExitCode.Should().Be(0, people.Error);
        people.Out.Should().Contain("13 of 1156 candidates").And.Contain("Nothing was moved or exposed");
        machines.Summary.GetProperty("exposures").GetInt64().Should().Be(13);
        machines.Summary.GetProperty("limitElectrons").ValueKind.Should().Be(System.Text.Json.JsonValueKind.Null);
        wrong.ExitCode.Should().Be(2);
        wrong.Error.Should().Contain("more than the 1156 candidates");
        Directory.Exists(Path.Combine(_folder.Parent, "runs")).Should().BeFalse();
    }

    private Estimate EstimateOf(params (string Key, string Value)[] changes)
    {
        Recipe recipe = RecipeReader.Read(_folder.WriteRecipe(), changes, out RecipeOrigins origins);
        return DryRun.Of(recipe, origins, TimeProvider.System, _folder.Parent);
    }
}
