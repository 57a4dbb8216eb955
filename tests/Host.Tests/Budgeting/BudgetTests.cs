using System.Text.Json;
using DklActors.Host.Estimating;
using DklActors.Host.Recipes;
using DklActors.Host.Recipes.Sections;
using DklActors.Host.Tests.EndToEnd;
using DklActors.Messages.Events;

namespace DklActors.Host.Tests.Budgeting;

/// <summary>Budgets from the recipe to the exit code.</summary>
public sealed class BudgetTests : IDisposable
{
    private readonly RunFolderOnDisk _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_budget_of_electrons_completes_the_run_where_the_check_foresaw_it()
    {
        string recipe = _folder.WriteRecipe(more: "budget:\n  electrons: 7.1e6");
        Estimate estimate = EstimateOf(recipe);

        using DklProcess run = await DklProcess.RunAsync(_folder.Parent, "run", recipe, "--out", _folder.Run, "--json");

        run.ExitCode.Should().Be(0, run.Error);
        run.Summary.GetProperty("state").GetString().Should().Be("completed");
        run.Summary.GetProperty("budget").GetString().Should().Be("electrons");
        run.Summary.GetProperty("reason").GetString().Should().Contain("electrons are used");
        run.Summary.GetProperty("electrons").GetDouble().Should().BeLessThanOrEqualTo(7.1e6);
        estimate.EndsBy.Should().Be("budget.electrons");
        // A machine that has other things to do may leave the beam on for longer than the dwell.
        estimate.PointsByThen.Should().Be(5);
        _folder.Events().OfType<FrameRecorded>().Count().Should().BeInRange(1, 5);
        using DklProcess replay =
            await DklProcess.RunAsync(_folder.Parent, "replay", _folder.Run, "--verify", "--json");
        replay.ExitCode.Should().Be(0, replay.Error);
    }

    [Fact]
    public async Task A_budget_comes_before_a_limit_of_the_same_size()
    {
        string recipe = _folder.WriteRecipe(
            more: "budget:\n  electrons: 7.1e6\nlimits:\n  totalElectrons: 7.1e6");

        using DklProcess run = await DklProcess.RunAsync(_folder.Parent, "run", recipe, "--out", _folder.Run, "--json");

        run.ExitCode.Should().Be(0, run.Error);
    }

    [Fact]
    public void Without_budgets_all_points_are_the_end_and_the_hash_is_what_it_was()
    {
        string recipe = _folder.WriteRecipe();

        EstimateOf(recipe).EndsBy.Should().Be("planner.measurements");
        RecipeReader.Read(recipe, []).ToYaml().Should().NotContain("budget");
    }

    [Fact]
    public void Time_is_foreseen_to_the_point()
    {
        // 1 ms + 10 ms + 2 ms a point.
        Estimate estimate = EstimateOf(_folder.WriteRecipe(more: "budget:\n  duration: 60 ms"));

        estimate.EndsBy.Should().Be("budget.duration");
        estimate.PointsByThen.Should().Be(5);
        estimate.DurationS.Should().BeApproximately(5 * 0.013, 1e-9);
    }

    [Theory]
    [InlineData("map", 0.05)]
    [InlineData("best", 0.01)]
    public void Convergence_has_a_tolerance_of_its_own_kind(string kind, double tolerance)
    {
        BudgetSection budget =
            RecipeReader.Read(_folder.WriteRecipe(more: $"budget:\n  convergence: {kind}"), []).Budget;

        budget.Tolerance.Should().Be(tolerance);
        budget.Over.Should().Be(10);
    }

    [Theory]
    [InlineData("measurements: 5", "there is no such key; did you mean 'planner.measurements'?")]
    [InlineData("tolerance: 0.1", "the key belongs to budget.convergence: map or best")]
    [InlineData("electrons: 100", "nothing could be measured")]
    [InlineData("dosePerPixel: 1 e/A^2", "nothing could be measured")]
    public void What_cannot_be_is_told_with_the_key(string line, string expected)
    {
        Action checking = () => EstimateOf(_folder.WriteRecipe(more: $"budget:\n  {line}"));

        checking.Should().Throw<RecipeException>().Which.Message.Should().Contain(expected);
    }

    private Estimate EstimateOf(string path) => DryRun.Of(
        RecipeReader.Read(path, [], out RecipeOrigins origins), origins, TimeProvider.System, _folder.Parent);
}
