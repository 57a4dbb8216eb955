using DklActors.Host.Recipes;
using DklActors.Host.Recipes.Keys;

namespace DklActors.Host.Tests.Recipes;

public sealed class RecipeRoundTripTests : IDisposable
{
    private readonly RecipeFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, string> Changes => new()
    {
        { "title", "Quotes \" and \\ and: a # b, − µ" },
        { "title", "true" },
        { "title", "- - -" },
        { "exposure.dwell", "123.4567 us" },
        { "microscope.beamCurrent", "33.333333333333336 pA" },
        { "microscope.placementError", "0.1 px" },
        { "microscope.offsetRow", "-1e-7 px" },
        { "scalarizer.window", "0.123456789 eV .. 1.0000000000000002 eV" },
        { "limits.dosePerPixel", "1.7e9 e/A^2" },
        { "limits.totalElectrons", "6.02214076e23" },
        { "limits.duration", "29 h" },
        { "planner.acquisition", "expected-improvement" },
        { "planner.acquisition", "noisy-expected-improvement" },
        { "planner.acquisition", "knowledge-gradient" },
        { "planner.acquisition", "integrated-variance-reduction" },
        { "planner.distanceCost", "0.35" },
        { "planner.recencyRadius", "2.5 px" },
        { "planner.region", "8 .. 40 px, 10 .. 60 px" },
        { "microscope.blanker", "file:beam line" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void A_recipe_written_out_reads_back_as_the_same_recipe(string key, string value)
    {
        Recipe recipe = _folder.Read(RecipeFolder.Simulated, (key, value));

        Recipe again = _folder.Read(recipe.ToYaml());

        again.Should().Be(recipe);
        again.Hash.Should().Be(recipe.Hash);
        again.ToYaml().Should().Be(recipe.ToYaml());
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("pixelSize: 8.55 nm", "pixelSizeFrom: px_um\n  pixelSizeUnit: um")]
    [InlineData("energy: energy_keV\n  energyUnit: keV", "energyOrigin: 0 eV\n  energyDispersion: 10 eV")]
    [InlineData("frames: eds", "frames: eds\n  counts: 0.25\n  countsPerUnit: 3")]
    [InlineData("frames: eds", "frames: eds\n  positions: xy\n  truth: clean\n  imageData: data.npz")]
    public void So_does_one_of_a_recorded_data_set(string good, string other)
    {
        string yaml = good.Length == 0 ? RecipeFolder.Preacquired : RecipeFolder.Preacquired.Replace(good, other);
        Recipe recipe = _folder.Read(yaml);

        _folder.Read(recipe.ToYaml()).Should().Be(recipe);
    }

    [Fact]
    public void And_one_of_recorded_values_with_its_seed_points()
    {
        Recipe recipe = _folder.Read(RecipeFolder.Values);

        _folder.Read(recipe.ToYaml()).Should().Be(recipe);
        recipe.ToYaml().Should().NotContain("window").And.NotContain("energy");
    }

    [Fact]
    public void Every_key_that_belongs_to_the_recipe_is_written_out()
    {
        string yaml = _folder.Read(RecipeFolder.Simulated).ToYaml();

        string[] lines = yaml.Split('\n');
        lines.Should().Contain("  dwell: 100 ms").And.Contain("  longest: 200 ms").And.Contain("  dosePerPixel: none");
        // What nobody gave and no constant stands in for stays away.
        lines.Count(line => line.Length > 0 && !line.EndsWith(':')).Should().Be(RecipeTable.Keys.Count(key =>
            !key.IsTacit && key.Section is not ("budget" or "sampleStage")
                && key.Name is not ("quantity" or "prepare" or "saturation" or "blanker" or "transfer")
                && (key.Condition is null
                || key.Condition.Words.Contains("simulated") || key.Condition.Words.Contains("plasmons")
                || key.Condition.Words.Contains("band-mean"))));
    }

    [Fact]
    public void The_hash_sees_every_value_and_nothing_else()
    {
        string plain = _folder.Read(RecipeFolder.Simulated).Hash;

        _folder.Read("# a comment\n" + RecipeFolder.Simulated.Replace("12 px", "  '12px'")).Hash.Should().Be(plain);
        _folder.Read(RecipeFolder.Simulated, ("exposure.dwell", "0.1 s")).Hash.Should().Be(plain);
        _folder.Read(RecipeFolder.Simulated, ("exposure.dwell", "101 ms")).Hash.Should().NotBe(plain);
        plain.Should().MatchRegex("^[0-9a-f]{64}$");
    }

    // Runs of the first version are resumed and replayed: a key that came later must not change what they were.
    [Fact]
    public void The_hash_of_a_simulated_recipe_is_that_of_the_first_version() =>
        _folder.Read(RecipeFolder.Simulated).Hash.Should().Be(
            "04640624630f96f128e9b36a6d4eb971d290c3d9cbdc5a985e1867a81ff9a22e");

    [Fact]
    public void Where_models_are_trained_does_not_change_the_hash() =>
        _folder.Read(
            RecipeFolder.Simulated, ("learning.trainer", "remote"), ("learning.trainerPatience", "3 s")).Hash
            .Should().Be(_folder.Read(RecipeFolder.Simulated).Hash);

    [Fact]
    public void Where_the_blanker_is_does_not_change_the_hash() =>
        _folder.Read(RecipeFolder.Simulated, ("microscope.blanker", "file:line")).Hash
            .Should().Be(_folder.Read(RecipeFolder.Simulated).Hash);

    [Fact]
    public void The_hash_of_a_recipe_stays_when_its_folder_moves()
    {
        using var elsewhere = new RecipeFolder();
        elsewhere.Read(RecipeFolder.Values).Hash.Should().Be(_folder.Read(RecipeFolder.Values).Hash);

        elsewhere.Read(RecipeFolder.Preacquired).Hash.Should().Be(_folder.Read(RecipeFolder.Preacquired).Hash);
    }
}
