using System.Collections.Immutable;
using DklActors.Host.Recipes.Documents;
using DklActors.Host.Recipes.Keys;

namespace DklActors.Host.Recipes;

/// <summary>Reads and checks recipes.</summary>
public static class RecipeReader
{
    /// <inheritdoc cref="Read(string, IReadOnlyList{ValueTuple{string, string}}, out RecipeOrigins)"/>
    public static Recipe Read(string path, IReadOnlyList<(string Key, string Value)> overrides) =>
        Read(path, overrides, out _);

    /// <summary>
    /// Reads the recipe at <paramref name="path"/>; <paramref name="overrides"/> (dotted path and value, the last
    /// of the same key wins) replace what it says. A relative data path starts at the folder of the recipe, in an
    /// override at the current folder.
    /// </summary>
    /// <exception cref="RecipeException">The recipe cannot be run; the message says all that is wrong.</exception>
    public static Recipe Read(
        string path, IReadOnlyList<(string Key, string Value)> overrides, out RecipeOrigins origins)
    {
        return Read(Parse(path), overrides, out origins);
    }

    /// <inheritdoc cref="Read(string, IReadOnlyList{ValueTuple{string, string}}, out RecipeOrigins)"/>
    internal static Recipe Read(
        RecipeDocument document, IReadOnlyList<(string Key, string Value)> overrides, out RecipeOrigins origins)
    {
        Override(document, overrides);
        return Bind(document, out origins);
    }

    /// <summary>
    /// Reads the recipe of a run that is over. Its data set may be gone; and where an override changes a choice, what
    /// the recipe says of the other choice is left out.
    /// </summary>
    /// <exception cref="RecipeException">The recipe cannot be run; the message says all that is wrong.</exception>
    internal static Recipe ReadUsed(
        string path, IReadOnlyList<(string Key, string Value)> overrides, out RecipeOrigins origins)
    {
        return ReadUsed(Parse(path), overrides, out origins);
    }

    /// <inheritdoc cref="ReadUsed(string, IReadOnlyList{ValueTuple{string, string}}, out RecipeOrigins)"/>
    internal static Recipe ReadUsed(
        RecipeDocument parsed, IReadOnlyList<(string Key, string Value)> overrides, out RecipeOrigins origins)
    {
        RecipeDocument document = parsed with { DataMayBeGone = true };
        Override(document, overrides);
        HashSet<string> given = [.. overrides.Select(entry => entry.Key)];
        foreach (RecipeKey key in RecipeTable.Keys.Where(key => !given.Contains(key.Path)))
        {
            if (key.Condition is { } condition
                && given.Contains(condition.Selector)
                && !condition.Words.Contains(document.Entries[condition.Selector].Text))
            {
                document.Entries.Remove(key.Path);
            }
        }

        return Bind(document, out origins);
    }

    /// <summary>Reads a recipe that lists regions; null for one of a single experiment.</summary>
    /// <inheritdoc cref="Read(string, IReadOnlyList{ValueTuple{string, string}}, out RecipeOrigins)"/>
    public static CampaignRecipe? ReadCampaign(string path, IReadOnlyList<(string Key, string Value)> overrides)
    {
        RecipeDocument document = Parse(path);
        return document.Regions.Count == 0
            ? null
            : ReadCampaign(document, RecipeFile.ReadText(path), overrides);
    }

    /// <inheritdoc cref="ReadCampaign(string, IReadOnlyList{ValueTuple{string, string}})"/>
    internal static CampaignRecipe ReadCampaign(
        RecipeDocument document, string text, IReadOnlyList<(string Key, string Value)> overrides)
    {
        ImmutableArray<RegionRecipe> regions = RegionReader.Read(document, overrides);
        // The texts of the document are those of the file.
        string name = document.Entries["name"].Text;
        return new CampaignRecipe(name, document.Entries.GetValueOrDefault("title")?.Text ?? name, text, regions);
    }

    private static RecipeDocument Parse(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        RecipeDocument document = RecipeParser.Parse(path, RecipeFile.ReadText(path));
        return document.Errors.Count == 0 ? document : throw new RecipeException(document.Errors);
    }

    private static void Override(RecipeDocument document, IReadOnlyList<(string Key, string Value)> overrides)
    {
        ArgumentNullException.ThrowIfNull(overrides);
        string here = Directory.GetCurrentDirectory();
        foreach ((string key, string value) in overrides)
        {
            document.Entries[key] = new RecipeEntry(value.Trim(), RecipeOrigins.OverrideLocation(key), here);
        }
    }

    private static Recipe Bind(RecipeDocument document, out RecipeOrigins origins)
    {
        if (document.Regions.Count > 0)
        {
            throw new RecipeException(new RecipeError(
                document.RegionsLocation!, RegionKeys.List,
                "several regions are listed, and one experiment is asked for",
                "run or submit it as a campaign, or leave the list out and write one region's keys into the recipe"));
        }

        var check = new RecipeCheck(document);
        RecipeValues values = check.Run();
        if (check.Errors.Count > 0)
        {
            throw new RecipeException(check.Errors);
        }

        origins = new RecipeOrigins(document.File, document.Entries);
        return RecipeBinder.Bind(values);
    }
}
