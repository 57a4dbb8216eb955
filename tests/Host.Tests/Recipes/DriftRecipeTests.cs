using DklActors.Actors.Drifting;
using DklActors.Host.Composition;
using DklActors.Host.Recipes;
using DklActors.Host.Recipes.Sections;
using DklActors.Instruments.Virtual;

namespace DklActors.Host.Tests.Recipes;

/// <summary>From the drift's keys to what follows it, and to a virtual sample that has any.</summary>
public sealed class DriftRecipeTests : IDisposable
{
    private readonly RecipeFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Where_nothing_is_said_the_drift_is_not_looked_at_and_the_recipe_is_written_without_it()
    {
        Recipe recipe = _folder.Read(RecipeFolder.Simulated);

        DriftBuilder.Build(recipe.Drift).Should().BeNull();
        ((VirtualSection)recipe.Microscope).Drift.IsNone.Should().BeTrue();
        recipe.ToYaml().Should().NotContain("drift");
    }

    [Theory]
    [InlineData("10 points", 10, null)]
    [InlineData("1 point", 1, null)]
    [InlineData("5 min", null, 300.0)]
    [InlineData("90 s", null, 90.0)]
    public void It_is_looked_at_after_so_many_points_or_so_long_a_time(string every, int? points, double? seconds)
    {
        Recipe recipe = _folder.Read(RecipeFolder.Simulated, ("drift.every", every));

        recipe.Drift.Every.Should().Be(new DriftInterval(
            points, seconds is { } time ? TimeSpan.FromSeconds(time) : null));
        DriftSettings settings = DriftBuilder.Build(recipe.Drift)!;
        (settings.EveryFrames, settings.EveryTime?.TotalSeconds).Should().Be((points, seconds));
        _folder.Read(recipe.ToYaml()).Should().Be(recipe);
    }

    [Theory]
    [InlineData("ten points")]
    [InlineData("0 points")]
    [InlineData("2.5 points")]
    [InlineData("10")]
    [InlineData("10 px")]
    public void What_is_no_interval_is_refused_with_what_to_write(string every)
    {
        Action read = () => _folder.Read(RecipeFolder.Simulated, ("drift.every", every));

        read.Should().Throw<RecipeException>().WithMessage("*drift.every*").WithMessage("*points*");
    }

    [Fact]
    public void Each_key_reaches_what_it_is_for()
    {
        Recipe recipe = _folder.Read(
            RecipeFolder.Simulated,
            ("drift.every", "7 points"), ("drift.largestShift", "20 px"), ("drift.largestStep", "5 px"),
            ("drift.largestRate", "0.5 px/s"), ("drift.leastQuality", "0.8"), ("drift.largestChance", "0.01"),
            ("drift.unsure", "pause"),
            ("drift.between", "stay"), ("drift.settle", "2 min"), ("drift.patience", "4"),
            ("microscope.driftRow", "0.5 px"), ("microscope.driftColumn", "-0.25 px"),
            ("microscope.driftWalk", "0.1 px"), ("microscope.driftPer", "exposure"), ("microscope.surveyNoise", "0.2"));

        DriftBuilder.Build(recipe.Drift).Should().Be(new DriftSettings
        {
            EveryFrames = 7,
            LargestShiftPixels = 20,
            LargestStepPixels = 5,
            LargestRatePixelsPerMinute = 30,
            LeastQuality = 0.8,
            LargestChance = 0.01,
            Unsure = UnsureDrift.Hold,
            Extrapolates = false,
            Settle = TimeSpan.FromMinutes(2),
            MostLooksHeld = 4,
        });
        ((VirtualSection)recipe.Microscope).Drift.Should().Be(new SampleDrift(0.5, -0.25, 0.1, DriftPace.Exposure));
        ((VirtualSection)recipe.Microscope).SurveyNoise.Should().Be(0.2);
        _folder.Read(recipe.ToYaml()).Should().Be(recipe);
    }
}
