using System.Collections.Immutable;
using DklActors.Host.Recipes.Formats;
using DklActors.Host.Recipes.Keys;

namespace DklActors.Host.Recipes.Documents;

/// <summary>Makes a recipe of every region of a list.</summary>
internal static class RegionReader
{
    private const string NameKey = "name";

    /// <param name="document">The recipe with its list.</param>
    /// <param name="overrides">Replace what recipe and regions say.</param>
    /// <exception cref="RecipeException">A region cannot be run; the message says all that is wrong.</exception>
    public static ImmutableArray<RegionRecipe> Read(
        RecipeDocument document, IReadOnlyList<(string Key, string Value)> overrides)
    {
        List<RecipeError> errors = [];
        if (document.Regions.Count > RegionKeys.Most)
        {
            errors.Add(new RecipeError(
                document.Regions[RegionKeys.Most].Location, RegionKeys.List,
                $"there are more than {RegionKeys.Most} regions", "write several recipes"));
        }

        List<RegionRecipe> regions = [];
        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (RegionDocument region in document.Regions.Take(RegionKeys.Most))
        {
            if (NameOf(region, names, errors) is not { } name)
            {
                continue;
            }

            int before = errors.Count;
            RefuseWhatIsTheSame(region, errors);
            RecipeDocument merged = Merge(document, region, name);
            try
            {
                Recipe recipe = RecipeReader.Read(merged, overrides, out RecipeOrigins origins);
                regions.Add(new RegionRecipe(name, recipe, origins, DifferencesOf(region)));
            }
            catch (RecipeException exception) when (errors.Count == before)
            {
                // What is wrong with the recipe itself would be said of every region again.
                errors.AddRange(exception.Errors.Where(error => !errors.Contains(error)));
            }
            catch (RecipeException)
            {
                // The keys that do not belong there have been named.
            }
        }

        RequirePlaces(regions, errors);
        return errors.Count == 0 ? [.. regions] : throw new RecipeException(errors);
    }

    /// <summary>A region without a place would be wherever the stage was left by the one before it.</summary>
    private static void RequirePlaces(List<RegionRecipe> regions, List<RecipeError> errors)
    {
        if (regions.Find(static region => region.Recipe.SampleStage.Place is not null) is not { } placed)
        {
            return;
        }

        foreach (RegionRecipe region in regions.Where(static region => region.Recipe.SampleStage.Place is null))
        {
            errors.Add(region.Origins.ErrorAt(
                $"{RegionKeys.List}.{RecipeKeys.SampleStageX.Path}",
                $"region {region.Name} has no place, and {placed.Name} has: it would be measured wherever the stage "
                + "was left",
                "give every region its sampleStage.x and .y, or one to all of them outside of the list"));
        }
    }

    private static string? NameOf(RegionDocument region, HashSet<string> names, List<RecipeError> errors)
    {
        if (!region.Content.Entries.TryGetValue(NameKey, out RecipeEntry? entry))
        {
            errors.Add(new RecipeError(
                region.Location, $"{RegionKeys.List}.{NameKey}", "the region has no name",
                $"add one: {RecipeKeys.Name.Format.Accepts}"));
            return null;
        }

        Parsed<string> parsed = RecipeKeys.Name.Format.Parse(entry.Text);
        if (!parsed.IsGood || !names.Add(entry.Text))
        {
            errors.Add(new RecipeError(
                entry.Location, $"{RegionKeys.List}.{NameKey}",
                parsed.IsGood ? $"two regions are called '{entry.Text}'" : parsed.Problem!,
                parsed.IsGood ? "give each a name of its own" : parsed.Remedy));
            return null;
        }

        return entry.Text;
    }

    private static void RefuseWhatIsTheSame(RegionDocument region, List<RecipeError> errors)
    {
        foreach ((string path, RecipeEntry entry) in region.Content.Entries)
        {
            if (RecipeTable.ByPath.TryGetValue(path, out RecipeKey? key) && path != NameKey
                && !RegionKeys.IsAllowed(key))
            {
                errors.Add(new RecipeError(
                    entry.Location, $"{RegionKeys.List}.{path}",
                    "regions differ in where they are and what they are worth, not in what is searched for",
                    $"write {path} once, outside of the list"));
            }
        }
    }

    private static RecipeDocument Merge(RecipeDocument document, RegionDocument region, string name)
    {
        var merged = new RecipeDocument(document.File) { DataMayBeGone = document.DataMayBeGone };
        foreach ((string path, string location) in document.Mappings.Concat(region.Content.Mappings))
        {
            merged.Mappings[path] = location;
        }

        foreach ((string path, RecipeEntry entry) in document.Entries.Concat(region.Content.Entries))
        {
            if (path != NameKey)
            {
                merged.Entries[path] = entry;
            }
        }

        // Its own name and title, by which folders, queues and figures tell it from the others.
        if (document.Entries.TryGetValue(NameKey, out RecipeEntry? own))
        {
            merged.Entries[NameKey] = own with { Text = $"{own.Text}-{name}" };
            RecipeEntry title = document.Entries.GetValueOrDefault("title", own);
            merged.Entries["title"] = title with { Text = $"{title.Text}, {name}" };
        }

        return merged;
    }

    private static (string Key, string Text)[] DifferencesOf(RegionDocument region) =>
    [
        .. region.Content.Entries.Where(static entry => entry.Key != NameKey)
            .Select(static entry => (entry.Key, entry.Value.Text)),
    ];
}
