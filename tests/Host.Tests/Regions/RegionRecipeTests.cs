using DklActors.Host.Recipes;
using DklActors.Host.Tests.EndToEnd;
using DklActors.Host.Tests.Recipes;
using DklActors.Messages.Geometry;

namespace DklActors.Host.Tests.Regions;

public sealed class RegionRecipeTests : IDisposable
{
    private readonly RunFolderOnDisk _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_region_is_the_recipe_with_what_differs_there_and_a_name_of_its_own()
    {
        CampaignRecipe campaign = Read("""
            regions:
              - name: left
                microscope: {sampleSeed: 3}
                planner: {measurements: 4}
              - name: right
                seed: 9
                microscope:
                  sampleSeed: 4
                budget: {electrons: 1e8}
            """)!;

        campaign.Name.Should().Be("small");
        campaign.Regions.Select(region => region.Recipe.Name).Should().Equal("small-left", "small-right");
        campaign.Regions.Select(region => region.Recipe.Title)
            .Should().Equal("A small simulated run, left", "A small simulated run, right");
        campaign.Regions[0].Recipe.Planner.Measurements.Should().Be(4);
        campaign.Regions[1].Recipe.Planner.Measurements.Should().Be(8);
        campaign.Regions[1].Recipe.Seed.Should().Be(9);
        campaign.Regions[1].Recipe.Budget.Electrons.Should().Be(1e8);
        campaign.Regions[0].Recipe.Microscope.Should().NotBe(campaign.Regions[1].Recipe.Microscope);
        campaign.Regions[1].Differences.Should().Equal(
            ("seed", "9"), ("microscope.sampleSeed", "4"), ("budget.electrons", "1e8"));
    }

    [Fact]
    public void An_override_holds_in_every_region()
    {
        CampaignRecipe campaign = Read(
            "regions:\n  - name: left\n    planner: {measurements: 4}\n  - name: right",
            ("planner.measurements", "6"))!;

        campaign.Regions.Select(region => region.Recipe.Planner.Measurements).Should().Equal(6, 6);
    }

    [Theory]
    [InlineData("regions:\n  - name: a\n    microscope: {sampleSed: 3}",
        "recipe.yaml:22: microscope.sampleSed: there is no such key; did you mean 'microscope.sampleSeed'?")]
    [InlineData("regions:\n  - name: a\n    patch: 9 px", "recipe.yaml:22: regions.patch: regions differ in where *")]
    [InlineData("regions:\n  - name: a\n    microscope: {kind: preacquired}",
        "recipe.yaml:22: regions.microscope.kind: regions differ in where *")]
    [InlineData("regions:\n  - name: a\n  - name: a", "recipe.yaml:22: regions.name: two regions are called 'a'; *")]
    [InlineData("regions:\n  - seed: 3", "recipe.yaml:21: regions.name: the region has no name; add one: *")]
    [InlineData("regions:\n  - name: A B", "recipe.yaml:21: regions.name: 'A B' is not 1 to 64 *")]
    [InlineData("regions:\n  - a", "recipe.yaml:21: regions: a region is a list of keys and values; *")]
    [InlineData("regions: []", "recipe.yaml:20: regions: the list is empty; *")]
    [InlineData("regions:\n  - name: a\n    sampleStage: {x: 3 nm}",
        "recipe.yaml:22: sampleStage.y: the key is missing, needed with the other of the two; *")]
    [InlineData("regions:\n  - name: a\n    sampleStage: {x: 3 nm, y: 1 nm}\n  - name: b",
        "*regions.sampleStage.x: region b has no place, and a has: *")]
    [InlineData("regions:\n  - name: a\n    stage: {x: 3 nm}",
        "recipe.yaml:22: stage.x: there is no such key; did you mean 'sampleStage.x'?")]
    [InlineData("regions:\n  - name: a\n    exposure: {dwell: 3 ms}", "*exposure.dwell: regions differ in where *")]
    public void A_mistake_in_a_region_is_named_with_its_line(string list, string expected)
    {
        Action reading = () => Read(list);

        reading.Should().Throw<RecipeException>().Which.Errors.Select(error =>
                error.ToString().Replace(_folder.Parent + Path.DirectorySeparatorChar, ""))
            .Should().Contain(error => Matches(error, expected));
    }

    [Fact]
    public void Whoever_asks_for_one_experiment_is_told_of_the_list()
    {
        string path = _folder.WriteRecipe(more: "regions:\n  - name: a");
        Action reading = () => RecipeReader.Read(path, []);

        reading.Should().Throw<RecipeException>().WithMessage("*recipe.yaml:20: regions: several regions are listed*");
    }

    [Fact]
    public void The_recipe_of_the_repository_can_be_read() =>
        RecipeReader.ReadCampaign(RepositoryRoot.PathOf("config/experiments/nanoparticle-regions.yaml"), [])!
            .Regions.Should().HaveCount(3);

    [Fact]
    public void A_region_has_a_place_of_its_own()
    {
        CampaignRecipe campaign = Read("""
            sampleStage: {x: 0 nm, y: 0 nm, tolerance: 20 nm}
            regions:
              - name: left
                sampleStage: {x: -1.5 um}
              - name: right
                sampleStage: {x: 1200 nm, y: -400 nm, settle: 5 s}
            """)!;

        campaign.Regions.Select(region => region.Recipe.SampleStage.Place).Should().Equal(
            StagePosition.OfNanometres(-1500, 0), StagePosition.OfNanometres(1200, -400));
        campaign.Regions.Select(region => region.Recipe.SampleStage.Tolerance.Value).Should().Equal(20, 20);
        campaign.Regions.Select(region => region.Recipe.SampleStage.Settle.TotalSeconds).Should().Equal(2, 5);
    }

    private CampaignRecipe? Read(string list, params (string Key, string Value)[] overrides) =>
        RecipeReader.ReadCampaign(_folder.WriteRecipe(more: list), overrides);

    private static bool Matches(string text, string pattern) => System.Text.RegularExpressions.Regex.IsMatch(
        text, $"^{System.Text.RegularExpressions.Regex.Escape(pattern).Replace("\\*", ".*")}$");
}
