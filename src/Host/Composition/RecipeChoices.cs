using System.Collections.Immutable;
using DklActors.Actors.Controlling;
using DklActors.Actors.Experiments;
using DklActors.Host.Recipes;
using DklActors.Host.Recipes.Documents;
using DklActors.Messages.Frames;
using DklActors.Physics.Scalarizers;

namespace DklActors.Host.Composition;

/// <summary>What persons choose while a run goes on: keys on top of the recipe that it was started with.</summary>
/// <param name="recipe">The recipe.</param>
/// <param name="axis">Energy axis of the frames, which a scalarizer is held against; null where unknown.</param>
internal sealed class RecipeChoices(Recipe recipe, EnergyAxis? axis) : IRunChoices
{
    // What was decided at the start for good, or is changed by a command of its own.
    private static readonly ImmutableArray<string> NotChosen =
        ["seeds", "seedDesign", "seedsFrom", "measurements", "lookahead", "region"];

    /// <inheritdoc/>
    /// <exception cref="RecipeException">A key is wrong, or the scalarizer does not fit the frames.</exception>
    public IScalarizer Scalarizer(ImmutableSortedDictionary<string, string> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        Recipe changed = Read(keys, null, out RecipeOrigins origins);
        ExperimentBuilder.CheckScalarizer(changed, origins, axis);
        return ScalarizerBuilder.Build(changed, origins);
    }

    /// <inheritdoc/>
    /// <exception cref="RecipeException">A key is wrong, or is none that can be chosen.</exception>
    public PlanSettings Plan(ImmutableSortedDictionary<string, string> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        string? fixedKey = keys.Keys.FirstOrDefault(key => NotChosen.Contains(key));
        return fixedKey is null
            ? PlanBuilder.Build(Read(null, keys, out _).Planner, [])
            : throw new RecipeException(new RecipeError(
                RecipeOrigins.OverrideLocation($"planner.{fixedKey}"),
                $"planner.{fixedKey}",
                "it cannot be changed while the run goes on",
                "leave it out, or start a new run"));
    }

    /// <summary>The recipe as it would have been with these keys from the start.</summary>
    /// <exception cref="RecipeException">A key is wrong.</exception>
    public Recipe RecipeWith(
        ImmutableSortedDictionary<string, string>? scalarizer, ImmutableSortedDictionary<string, string>? planner) =>
        Read(scalarizer, planner, out _);

    private Recipe Read(
        ImmutableSortedDictionary<string, string>? scalarizer,
        ImmutableSortedDictionary<string, string>? planner,
        out RecipeOrigins origins)
    {
        RecipeDocument document = RecipeParser.Parse("recipe.yaml", recipe.ToYaml());
        if (scalarizer?.ContainsKey("kind") == true)
        {
            // A scalarizer that is named is told everything anew, what its number is called included.
            foreach (string key in document.Entries.Keys.Where(IsOfScalarizer).ToList())
            {
                document.Entries.Remove(key);
            }
        }

        return RecipeReader.ReadUsed(
            document, [.. Under("scalarizer", scalarizer), .. Under("planner", planner)], out origins);
    }

    private static bool IsOfScalarizer(string key) => key.StartsWith("scalarizer.", StringComparison.Ordinal);

    private static IEnumerable<(string Key, string Value)> Under(
        string section, ImmutableSortedDictionary<string, string>? keys) =>
        keys?.Select(entry => ($"{section}.{entry.Key}", entry.Value)) ?? [];
}
