using System.Collections.Immutable;
using DklActors.Actors.Controlling;
using DklActors.Actors.Experiments;
using DklActors.Host.Recipes;
using DklActors.Host.Recipes.Documents;
using DklActors.Host.Recipes.Keys;
using DklActors.Messages.Geometry;
using DklActors.Physics.Scalarizers;

namespace DklActors.Host.Composition;

/// <summary>Makes what a person chooses while a run goes on: its own recipe, with some keys in place of others.</summary>
/// <param name="recipe">The run's recipe.</param>
/// <param name="seedPoints">Points to begin with that came with the sample.</param>
/// <param name="check">Says what only the instrument can tell of a recipe; null where there is no instrument.</param>
internal sealed class RecipeChoices(
    Recipe recipe, IReadOnlyList<GridPoint> seedPoints, Action<Recipe, RecipeOrigins>? check = null) : IRunChoices
{
    private const string ScalarizerSection = "scalarizer";
    private const string PlannerSection = "planner";

    /// <exception cref="RecipeException">The keys make no scalarizer.</exception>
    public IScalarizer Scalarizer(ImmutableSortedDictionary<string, string> keys)
    {
        Recipe changed = Changed(ScalarizerSection, keys, out RecipeOrigins origins);
        IScalarizer scalarizer = ScalarizerBuilder.Build(changed, origins);
        check?.Invoke(changed, origins);
        return scalarizer;
    }

    /// <exception cref="RecipeException">The keys make no plan.</exception>
    public PlanSettings Plan(ImmutableSortedDictionary<string, string> keys) =>
        PlanBuilder.Build(Changed(PlannerSection, keys, out _).Planner, seedPoints);

    private Recipe Changed(
        string section, ImmutableSortedDictionary<string, string> keys, out RecipeOrigins origins)
    {
        RecipeDocument document = RecipeParser.Parse("the change", recipe.ToYaml()) with { DataMayBeGone = true };
        HashSet<string> given = [.. keys.Keys.Select(name => $"{section}.{name}")];
        foreach ((string name, string value) in keys)
        {
            string path = $"{section}.{name}";
            document.Entries[path] = new RecipeEntry(
                value.Trim(), RecipeOrigins.OverrideLocation(path), Directory.GetCurrentDirectory());
        }

        // A scalarizer of another kind takes nothing over from the one before; of the same kind it is told anew as well.
        bool isWhole = section == ScalarizerSection && given.Contains(ScalarizerKeys.Kind.Path);
        foreach (RecipeKey key in RecipeTable.Keys.Where(key => key.Section == section && !given.Contains(key.Path)))
        {
            bool isOfOther = key.Condition is { } condition
                && given.Contains(condition.Selector)
                && !condition.Words.Contains(document.Entries[condition.Selector].Text);
            if (isWhole || isOfOther)
            {
                document.Entries.Remove(key.Path);
            }
        }

        return RecipeReader.Read(document, [], out origins);
    }
}
