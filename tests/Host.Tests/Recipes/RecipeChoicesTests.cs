using System.Collections.Immutable;
using DklActors.Actors.Experiments;
using DklActors.Host.Composition;
using DklActors.Host.Recipes;
using DklActors.Learning.Acquisition;

namespace DklActors.Host.Tests.Recipes;

/// <summary>What a person chooses while a run goes on, from keys on top of its recipe.</summary>
public sealed class RecipeChoicesTests
{
    [Fact]
    public void Another_kind_of_scalarizer_leaves_the_keys_of_the_old_one_behind()
    {
        RecipeChoices choices = Choices();

        choices.Scalarizer(Keys(("kind", "peak-maximum"), ("window", "2 eV .. 4 eV"))).Identity
            .Should().StartWith("peak-maximum");
        choices.Scalarizer(Keys(("window", "4 eV .. 6 eV"))).Identity.Should().StartWith("band-mean").And.Contain("4");
    }

    [Fact]
    public void Another_acquisition_function_leaves_the_parameters_of_the_old_one_behind()
    {
        RecipeChoices choices = Choices("planner.acquisition", "upper-confidence-bound", "planner.beta", "3");

        PlanSettings plan = choices.Plan(Keys(("acquisition", "thompson"), ("goal", "minimise")));

        plan.Acquisition.Identity.Should().StartWith("thompson");
        plan.Goal.Should().Be(Goal.Minimise);
        choices.Plan(Keys(("beta", "4"))).Acquisition.Identity.Should().Contain("4");
    }

    [Theory]
    [InlineData("seeds", "7")]
    [InlineData("measurements", "500")]
    [InlineData("region", "all")]
    public void What_was_decided_at_the_start_for_good_is_not_changed(string key, string value) =>
        FluentActions.Invoking(() => Choices().Plan(Keys((key, value))))
            .Should().Throw<RecipeException>().Which.Errors.Single().Key.Should().Be($"planner.{key}");

    [Fact]
    public void A_wrong_key_or_value_is_named() =>
        FluentActions.Invoking(() => Choices().Scalarizer(Keys(("kind", "band-men"))))
            .Should().Throw<RecipeException>().Which.Errors.Single().Key.Should().Be("scalarizer.kind");

    private static RecipeChoices Choices(params string[] overrides)
    {
        string path = RepositoryRoot.PathOf("samples/nanoparticles.yaml");
        Recipe recipe = RecipeReader.Read(
            path, [.. overrides.Chunk(2).Select(static pair => (pair[0], pair[1]))]);
        return new RecipeChoices(recipe, null);
    }

    private static ImmutableSortedDictionary<string, string> Keys(params (string Key, string Value)[] keys) =>
        keys.ToImmutableSortedDictionary(static entry => entry.Key, static entry => entry.Value);
}
