using System.Text.Json;
using DklActors.Host.Recipes;
using DklActors.Host.Recipes.Generated;
using DklActors.Host.Recipes.Sections;
using DklActors.Instruments.Simulated.Columns;
using DklActors.Instruments.Simulated.CoreLoss;
using DklActors.Instruments.Simulated.Films;
using DklActors.Messages.Geometry;

namespace DklActors.Host.Tests.Recipes;

public sealed class SampleRecipeTests : IDisposable
{
    private readonly RecipeFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("plasmons")]
    [InlineData("core-loss", "microscope.spikes=0.1", "microscope.thickness=33.3 nm", "microscope.channels=512")]
    [InlineData("atomic-columns", "microscope.detector=64 px", "microscope.dopants=0.2", "microscope.descanRow=3 px")]
    [InlineData(
        "strained-film", "microscope.convergenceAngle=7 mrad", "microscope.grains=3",
        "microscope.cameraRotation=-12 deg",
        "microscope.diffractionPixel=0.7 mrad", "microscope.acceleratingVoltage=300 kV")]
    public void A_recipe_of_each_sample_reads_back_as_it_was_written(string sample, params string[] changes)
    {
        Recipe recipe = _folder.Read(Of(sample), [.. changes.Select(static change => (
            change[..change.IndexOf('=')], change[(change.IndexOf('=') + 1)..]))]);

        string yaml = recipe.ToYaml();
        _folder.Read(yaml).Should().Be(recipe);
        foreach (string change in changes)
        {
            yaml.Should().Contain($"  {change["microscope.".Length..].Replace("=", ": ")}\n");
        }
    }

    [Fact]
    public void Plasmons_are_what_is_simulated_where_no_sample_is_named_and_are_never_written_out()
    {
        Recipe plain = _folder.Read(RecipeFolder.Simulated), named = _folder.Read(Of("plasmons"));

        named.Should().Be(plain);
        named.Hash.Should().Be(plain.Hash);
        plain.ToYaml().Should().NotContain("sample: ").And.NotContain("thickness").And.NotContain("detector");
    }

    [Fact]
    public void Defaults_are_those_of_the_sample()
    {
        SampleOf<ColumnOptions>("atomic-columns").Should().Be(new ColumnOptions
        {
            Seed = 7, Grid = new GridShape(96, 96),
        });
        SampleOf<FilmOptions>("strained-film").Should().Be(new FilmOptions { Seed = 7 });
        SampleOf<CoreLossOptions>("core-loss").EnergyAxis.Should().Be(new CoreLossOptions().EnergyAxis);
        SampleOf<FilmOptions>("strained-film", ("microscope.detector", "256 px"))
            .Camera.MilliradPerPixel.Should().Be(0.5);
    }

    [Theory]
    [InlineData("plasmons", "detector: 64 px", "microscope.detector: the key belongs to microscope.sample: "
        + "atomic-columns or strained-film, and here it is plasmons; remove it or change microscope.sample.")]
    [InlineData("strained-film", "channels: 64", "microscope.channels: the key belongs to microscope.sample: "
        + "plasmons or core-loss, and here it is strained-film; remove it or change microscope.sample.")]
    [InlineData("strained-film", "energyOrigin: 3 eV", "microscope.energyOrigin: this sample gives patterns, which "
        + "have no energies; remove it or change microscope.sample.")]
    [InlineData("strained-films", "grains: 4", "microscope.sample: 'strained-films' is not a choice; did you mean "
        + "'strained-film'? write plasmons, core-loss, atomic-columns or strained-film.")]
    public void A_key_of_another_sample_is_refused(string sample, string line, string error) =>
        _folder.ErrorsOf(Of(sample).Replace("patch:", $"  {line}\npatch:"))
            .Should().ContainSingle().Which.Should().EndWith(error);

    [Fact]
    public void The_schema_lets_a_key_of_a_sample_stand_only_with_it_and_with_the_right_microscope()
    {
        using var schema = JsonDocument.Parse(RecipeSchema.Text);
        JsonElement rule = schema.RootElement.GetProperty("properties").GetProperty("microscope").GetProperty("allOf")
            .EnumerateArray().Single(rule => rule.GetProperty("else").GetProperty("properties")
                .TryGetProperty("grains", out _));
        JsonElement condition = rule.GetProperty("if");

        condition.GetProperty("properties").GetProperty("sample").GetProperty("const").GetString()
            .Should().Be("strained-film");
        condition.GetProperty("properties").GetProperty("kind").GetProperty("const").GetString()
            .Should().Be("simulated");
        condition.GetProperty("required").EnumerateArray().Select(name => name.GetString())
            .Should().BeEquivalentTo("sample", "kind");
    }

    private T SampleOf<T>(string sample, params (string Key, string Value)[] overrides) =>
        ((SimulatedSection)_folder.Read(Of(sample), overrides).Microscope).Sample.Should().BeOfType<T>().Subject;

    private static string Of(string sample)
    {
        // Whether the scalarizer fits the frames is found out with the instrument; windows are checked at once.
        string recipe = RecipeFolder.Simulated.Replace("kind: simulated", $"kind: simulated\n  sample: {sample}");
        return sample == "core-loss" ? recipe.Replace("1.9 eV .. 2.5 eV", "530 eV .. 560 eV") : recipe;
    }
}
