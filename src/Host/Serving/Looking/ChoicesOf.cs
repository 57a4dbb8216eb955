using System.Collections.Immutable;
using DklActors.Host.Composition;
using DklActors.Host.Recipes;
using DklActors.Host.Recipes.Keys;
using DklActors.Host.Recipes.Sections;
using DklActors.Host.Serving.Contract;
using DklActors.Messages.Geometry;

namespace DklActors.Host.Serving.Looking;

/// <summary>The choices of a run that can be changed, as text.</summary>
internal static class ChoicesOf
{
    /// <summary>Those that a run begins with.</summary>
    public static ChoicesView Of(RunDesign design)
    {
        RecipeValues values = RecipeBinder.Unbind(design.Recipe);
        return new ChoicesView
        {
            Scalarizer = KeysOf("scalarizer", values),
            ScalarizerIdentity = design.Scalarizer.Identity,
            ScalarLabel = design.Recipe.Scalarizer.Label,
            ScalarUnit = design.Scalarizer.Unit,
            Planner = KeysOf("planner", values),
            AcquisitionIdentity = design.Settings.Plan.Acquisition.Identity,
            Region = design.Recipe.Planner.Region is { } region ? AreaOf(region) : null,
        };
    }

    /// <summary>The keys of a recipe's scalarizer.</summary>
    public static ImmutableSortedDictionary<string, string> ScalarizerIn(Recipe recipe) =>
        KeysOf("scalarizer", RecipeBinder.Unbind(recipe));

    public static AreaView AreaOf(PixelRegion region) => new(
        [region.FirstRow, region.LastRow + 1], [region.FirstColumn, region.LastColumn + 1]);

    public static AreaView AreaOf(PixelArea area) => new(
        [area.FirstRow, area.EndRow], [area.FirstColumn, area.EndColumn]);

    /// <summary>The choices after a person changed scalarizer or acquisition function.</summary>
    public static ChoicesView Changed(ChoicesView before, RunDesign inForce) =>
        Of(inForce) with { Region = before.Region, Exclusions = before.Exclusions };

    private static ImmutableSortedDictionary<string, string> KeysOf(string section, RecipeValues values)
    {
        var keys = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (RecipeKey key in RecipeTable.Keys.Where(key => key.Section == section))
        {
            if (values.TryGetText(key, out string? text))
            {
                keys[key.Name] = text;
            }
        }

        return keys.ToImmutable();
    }
}
