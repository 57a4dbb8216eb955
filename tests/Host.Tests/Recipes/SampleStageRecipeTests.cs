using DklActors.Host.Composition;
using DklActors.Host.Recipes;
using DklActors.Messages.Geometry;

namespace DklActors.Host.Tests.Recipes;

/// <summary>From the keys of the sample's stage to where a run is measured.</summary>
public sealed class SampleStageRecipeTests : IDisposable
{
    private readonly RecipeFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Where_nothing_is_said_the_stage_is_left_alone_and_the_recipe_is_written_without_it()
    {
        Recipe recipe = _folder.Read(RecipeFolder.Simulated);

        StageCheck.SettingsOf(recipe.SampleStage).Should().BeNull();
        recipe.ToYaml().Should().NotContain("sampleStage");
        _folder.Read(RecipeFolder.Simulated, ("sampleStage.settle", "2 s")).Hash.Should().Be(recipe.Hash);
    }

    [Theory]
    [InlineData("1200 nm", "-400 nm", 1200, -400)]
    [InlineData("-1.25 um", "0 nm", -1250, 0)]
    [InlineData("0.5 A", "-0.001 nm", 0.05, -0.001)]
    public void It_is_sent_to_a_place_which_is_part_of_the_experiment(string x, string y, double xNm, double yNm)
    {
        Recipe recipe = _folder.Read(
            RecipeFolder.Simulated, ("sampleStage.x", x), ("sampleStage.y", y), ("sampleStage.tolerance", "30 nm"));

        recipe.SampleStage.Place.Should().Be(StagePosition.OfNanometres(xNm, yNm));
        StageCheck.SettingsOf(recipe.SampleStage)!.Tolerance.Value.Should().Be(30);
        Recipe again = _folder.Read(recipe.ToYaml());
        again.Should().Be(recipe);
        again.Hash.Should().Be(recipe.Hash).And.NotBe(_folder.Read(RecipeFolder.Simulated).Hash);
    }

    [Theory]
    [InlineData("sampleStage.x", "1200")]
    [InlineData("sampleStage.x", "12 mm")]
    [InlineData("sampleStage.y", "1e9 nm")]
    [InlineData("sampleStage.tolerance", "0 nm")]
    [InlineData("sampleStage.attempts", "0")]
    public void What_makes_no_sense_is_refused(string key, string value)
    {
        Action reading = () => _folder.Read(
            RecipeFolder.Simulated, ("sampleStage.x", "0 nm"), ("sampleStage.y", "0 nm"), (key, value));

        reading.Should().Throw<RecipeException>().WithMessage($"*{key}*");
    }

    [Theory]
    [InlineData("x", "y")]
    [InlineData("y", "x")]
    public void One_direction_is_not_given_without_the_other(string given, string missing)
    {
        Action reading = () => _folder.Read(RecipeFolder.Simulated, ($"sampleStage.{given}", "1 nm"));

        reading.Should().Throw<RecipeException>().WithMessage($"*sampleStage.{missing}: the key is missing*");
    }

    [Fact]
    public void An_instrument_without_a_stage_is_refused_and_told_what_to_do_instead()
    {
        Recipe recipe = RecipeReader.Read(
            _folder.Write(RecipeFolder.Simulated), [("sampleStage.x", "1 nm"), ("sampleStage.y", "1 nm")],
            out RecipeOrigins origins);

        Action building = () => ExperimentBuilder.Build(recipe, origins, TimeProvider.System);

        building.Should().Throw<RecipeException>().WithMessage("*sampleStage.x*no stage*sampleSeed*");
    }
}
