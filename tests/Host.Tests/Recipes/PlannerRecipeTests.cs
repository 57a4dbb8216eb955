using DklActors.Actors.Experiments;
using DklActors.Actors.Planning;
using DklActors.Host.Composition;
using DklActors.Host.Recipes;
using DklActors.Host.Recipes.Keys;
using DklActors.Host.Recipes.Sections;
using DklActors.Learning.Acquisition;
using DklActors.Messages.Geometry;

namespace DklActors.Host.Tests.Recipes;

/// <summary>From the planner's keys to what decides.</summary>
public sealed class PlannerRecipeTests : IDisposable
{
    private readonly RecipeFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("maximum-uncertainty", "maximum-uncertainty")]
    [InlineData("integrated-variance-reduction", "integrated-variance-reduction(128)")]
    [InlineData("expected-improvement", "expected-improvement(0.01)")]
    [InlineData("log-expected-improvement", "log-expected-improvement(0.01)")]
    [InlineData("noisy-expected-improvement", "noisy-expected-improvement(64)")]
    [InlineData("probability-of-improvement", "probability-of-improvement(0.01)")]
    [InlineData("upper-confidence-bound", "upper-confidence-bound(2)")]
    [InlineData("knowledge-gradient", "knowledge-gradient(64)")]
    [InlineData("thompson", "thompson(1024)")]
    [InlineData("random", "random")]
    public void Each_word_makes_its_function_with_its_default(string word, string identity) =>
        Plan(("planner.acquisition", word)).Acquisition.Identity.Should().Be(identity);

    [Fact]
    public void A_recipe_can_ask_for_every_function_of_the_catalog() =>
        RecipeKeys.Acquisition.Format.Accepts.Split([", ", " or "], StringSplitOptions.None)
            .Should().BeEquivalentTo(AcquisitionCatalog.Names.Append("schedule"));

    [Theory]
    [InlineData("planner.xi", "probability-of-improvement", "0.3", "probability-of-improvement(0.3)")]
    [InlineData("planner.beta", "upper-confidence-bound", "1.5", "upper-confidence-bound(1.5)")]
    [InlineData("planner.samples", "noisy-expected-improvement", "32", "noisy-expected-improvement(32)")]
    [InlineData("planner.alternatives", "knowledge-gradient", "100", "knowledge-gradient(100)")]
    [InlineData("planner.references", "integrated-variance-reduction", "256", "integrated-variance-reduction(256)")]
    public void A_parameter_reaches_its_function(string key, string word, string value, string identity) =>
        Plan(("planner.acquisition", word), (key, value)).Acquisition.Identity.Should().Be(identity);

    [Fact]
    public void A_schedule_is_written_out_with_every_parameter_and_reads_back()
    {
        Recipe recipe = _folder.Read(
            RecipeFolder.Simulated,
            ("planner.acquisition", "schedule"),
            ("planner.schedule",
                "maximum-uncertainty until 30, then log-expected-improvement(0.05) until 50, then thompson"));

        recipe.Planner.Schedule.Should().Be(
            "maximum-uncertainty until 30, then log-expected-improvement(0.05) until 50, then thompson(1024)");
        PlanBuilder.Build(recipe.Planner, []).Acquisition.Identity.Should().Be(recipe.Planner.Schedule);
        _folder.Read(recipe.ToYaml()).Should().Be(recipe);
    }

    [Theory]
    [InlineData("minimise", null, "minimise")]
    [InlineData("hit", "3.5", "hit(3.5)")]
    [InlineData("hit", "-2 .. 4e3", "hit(-2 .. 4000)")]
    public void A_goal_with_its_target_becomes_a_goal(string word, string? target, string identity)
    {
        (string, string)[] keys = target is null
            ? [("planner.goal", word)]
            : [("planner.goal", word), ("planner.target", target)];

        Plan(keys).Goal.Identity.Should().Be(identity);
        Recipe recipe = _folder.Read(RecipeFolder.Simulated, keys);
        _folder.Read(recipe.ToYaml()).Should().Be(recipe);
    }

    [Fact]
    public void Penalties_stand_behind_the_function_and_zero_means_none()
    {
        Plan(
            ("planner.distanceCost", "0.3"), ("planner.recencyPenalty", "0.5"), ("planner.recencyRadius", "6 px"),
            ("planner.recencyMemory", "4"), ("planner.revisitPenalty", "1")).Acquisition.Identity.Should().Be(
            "maximum-uncertainty less distance-cost(0.3) less recency-penalty(0.5, 6 px, 4) "
            + "less revisit-penalty(1, 6 px)");
        Plan(("planner.recencyMemory", "4")).Acquisition.Identity.Should().Be("maximum-uncertainty");
    }

    [Fact]
    public void A_region_is_rows_then_columns()
    {
        Plan(("planner.region", "8 px..40 px,10..60 px")).Region.Should().Be(
            new PlanRegion(new GridPoint(8, 10), new GridPoint(40, 60)));
        Plan().Region.Should().BeNull();
    }

    // Of 10 columns a patch of 4 leaves the centres 2 … 8, of 12 rows 2 … 10.
    [Theory]
    [InlineData(0, 11, 0, 9, 9 * 7)]
    [InlineData(3, 5, 8, 9, 3)]
    [InlineData(0, 1, 0, 9, 0)]
    public void Candidates_are_counted_where_the_region_and_the_fitting_patches_overlap(
        int firstRow, int lastRow, int firstColumn, int lastColumn, long count) =>
        PlanBuilder.CountCandidates(
            new PixelRegion(firstRow, lastRow, firstColumn, lastColumn), new PatchWindow(4), new GridShape(12, 10),
            sites: null)
            .Should().Be(count);

    [Theory]
    [InlineData(0, 11, 0, 9, 2)]
    [InlineData(0, 5, 0, 9, 1)]
    public void Of_listed_places_those_are_counted(
        int firstRow, int lastRow, int firstColumn, int lastColumn, long count) =>
        PlanBuilder.CountCandidates(
            new PixelRegion(firstRow, lastRow, firstColumn, lastColumn), new PatchWindow(4), new GridShape(12, 10),
            [new GridPoint(2, 2), new GridPoint(1, 5), new GridPoint(10, 8)])
            .Should().Be(count);

    [Fact]
    public void Recorded_seed_points_are_taken_in_their_order_as_many_as_asked_for()
    {
        GridPoint[] points = [new(7, 7), new(3, 3), new(9, 9)];
        (string, string)[] recorded =
            [("planner.seedDesign", "recorded"), ("planner.seedsFrom", "seeds"), ("planner.seeds", "2")];

        PlanBuilder.Build(_folder.Read(RecipeFolder.Preacquired, recorded).Planner, points).GivenSeeds
            .Should().Equal(points[..2]);
        PlanBuilder.Build(_folder.Read(RecipeFolder.Preacquired).Planner, points).GivenSeeds.Should().BeEmpty();
    }

    [Theory]
    [InlineData("space-filling", SeedDesignKind.SpaceFilling)]
    [InlineData("random", SeedDesignKind.Random)]
    [InlineData("model", SeedDesignKind.Model)]
    public void The_seeds_are_chosen_by_what_is_written_and_a_copy_of_the_recipe_says_so(
        string word, SeedDesignKind design)
    {
        Recipe recipe = _folder.Read(RecipeFolder.Simulated, ("planner.seedDesign", word));

        PlanBuilder.Build(recipe.Planner, []).SeedDesign.Should().Be(design);
        recipe.ToYaml().Should().Contain($"  seedDesign: {word}\n");
    }

    [Fact]
    public void A_model_is_handed_on_without_choosing_the_seeds_where_nobody_says_so() =>
        PlanBuilder.Build(_folder.Read(RecipeFolder.Simulated, ("learning.transfer", "warm")).Planner, [])
            .SeedDesign.Should().Be(SeedDesignKind.SpaceFilling);

    [Fact]
    public void A_model_that_learns_nothing_does_not_choose_hundreds() =>
        _folder.ErrorsOf(RecipeFolder.Simulated, ("planner.seedDesign", "model"), ("planner.seeds", "201"))
            .Should().ContainSingle().Which.Should().Match("*planner.seeds: *at most 200 points; *another seedDesign.");

    [Theory]
    [InlineData("planner.samples", "5", "*planner.acquisition: noisy-expected-improvement, and here it is *")]
    [InlineData("planner.xi", "1", "*: expected-improvement, log-expected-improvement or probability-*")]
    [InlineData("planner.target", "3", "*belongs to planner.goal: hit, and here it is maximise; *")]
    [InlineData("planner.goal", "hit", "*planner.target: the key is missing; add it: a number, or LOW .. HIGH*")]
    [InlineData("planner.acquisition", "schedule", "*planner.schedule: the key is missing; *")]
    [InlineData("planner.region", "40 .. 8 px, 10 .. 60 px", "*'40 .. 8 px, 10 .. 60 px' is empty; *")]
    [InlineData("planner.region", "8 .. 40, 10 .. 60", "*is not a region; *")]
    [InlineData("planner.distanceCost", "-1", "*out of range*")]
    [InlineData("planner.recencyRadius", "8", "*has no unit*")]
    public void What_does_not_fit_is_refused_with_a_remedy(string key, string value, string message) =>
        _folder.ErrorsOf(RecipeFolder.Simulated, (key, value)).Should().ContainSingle().Which.Should().Match(message);

    [Theory]
    [InlineData("thompson until 5", "*There is no acquisition function 'thompson until 5'*")]
    [InlineData("thompson until five, then random", "*does not say when it ends*")]
    [InlineData("thompson until 9, then random until 9, then random", "*Let each stage end later than the one before*")]
    [InlineData("thompson(3) until 9, then random", "*must be whole, 16 to 65536*")]
    [InlineData("random(x)", "*is not a number*")]
    public void A_schedule_that_makes_no_sense_is_refused(string text, string message) =>
        _folder.ErrorsOf(
            RecipeFolder.Simulated, ("planner.acquisition", "schedule"), ("planner.schedule", text))
            .Should().ContainSingle().Which.Should().Match(message);

    private PlanSettings Plan(params (string, string)[] keys) =>
        PlanBuilder.Build(_folder.Read(RecipeFolder.Simulated, keys).Planner, []);
}
