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
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(overrides);
        RecipeDocument document = RecipeParser.Parse(path, RecipeFile.ReadText(path));
        if (document.Errors.Count > 0)
        {
            throw new RecipeException(document.Errors);
        }

        string here = Directory.GetCurrentDirectory();
        foreach ((string key, string value) in overrides)
        {
            document.Entries[key] = new RecipeEntry(value.Trim(), RecipeOrigins.OverrideLocation(key), here);
        }

        var check = new RecipeCheck(document);
        RecipeValues values = check.Run();
        if (check.Errors.Count > 0)
        {
            throw new RecipeException(check.Errors);
        }

        origins = new RecipeOrigins(path, document.Entries);
        return RecipeBinder.Bind(values);
    }
}
