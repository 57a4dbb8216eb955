using DklActors.Host.Recipes.Documents;

namespace DklActors.Host.Recipes;

/// <summary>
/// Where each value of a recipe was written, so that what is only found out later (a patch larger than the image, a
/// window outside the energy axis) still names file, line and key.
/// </summary>
public sealed class RecipeOrigins
{
    private readonly string _file;
    private readonly IReadOnlyDictionary<string, RecipeEntry> _entries;

    internal RecipeOrigins(string file, IReadOnlyDictionary<string, RecipeEntry> entries)
    {
        _file = file;
        _entries = entries;
    }

    /// <summary>An error at <paramref name="key"/> (dotted path); at the file where the key was left out.</summary>
    public RecipeError ErrorAt(string key, string problem, string remedy) =>
        new(LocationOf(key), key, problem, remedy);

    /// <summary>FILE:LINE or --set KEY; FILE alone where the key was left out.</summary>
    public string LocationOf(string key) => _entries.TryGetValue(key, out RecipeEntry? entry) ? entry.Location : _file;

    internal static string OverrideLocation(string key) => $"--set {key}";
}
