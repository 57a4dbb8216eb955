using DklActors.Host.Recipes.Documents;

namespace DklActors.Host.Recipes;

/// <summary>Recipes that a command makes for itself.</summary>
internal static class RecipeText
{
    /// <summary>Reads a recipe that is no file; errors name <paramref name="name"/> in its place.</summary>
    /// <exception cref="RecipeException">The recipe cannot be run; the message says all that is wrong.</exception>
    public static Recipe Read(
        string name, string yaml, IReadOnlyList<(string Key, string Value)> overrides, out RecipeOrigins origins)
    {
        RecipeDocument document = RecipeParser.Parse(name, yaml);
        return document.Errors.Count == 0
            ? RecipeReader.Read(document, overrides, out origins)
            : throw new RecipeException(document.Errors);
    }
}
