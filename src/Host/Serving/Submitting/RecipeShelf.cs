using DklActors.Host.Recipes;
using DklActors.Host.Recipes.Documents;
using DklActors.Host.Serving.Api;
using DklActors.Host.Serving.Contract;

namespace DklActors.Host.Serving.Submitting;

/// <summary>The recipes of the daemon's folder and those that come with the program.</summary>
/// <remarks>Names are looked up among what is there; no path is made of a request.</remarks>
internal sealed class RecipeShelf(DataFolder data)
{
    private const string Extension = ".yaml";

    private static readonly string Samples = Path.Combine(AppContext.BaseDirectory, "samples");

    public IReadOnlyList<RecipeInfo> All() =>
    [
        .. Files().Select(file => new RecipeInfo(file.Key, TitleOf(file.Value) ?? file.Key))
            .OrderBy(static recipe => recipe.Name, StringComparer.Ordinal),
    ];

    /// <exception cref="ApiException">There is none of that name.</exception>
    public string TextOf(string name)
    {
        if (!Files().TryGetValue(name, out string? path))
        {
            throw ApiException.NotFound("There is no recipe of that name.", "See /api/v1/recipes for those there are.");
        }

        try
        {
            return RecipeFile.ReadText(path);
        }
        catch (RecipeException exception)
        {
            throw ApiException.Unusable(exception.Errors);
        }
    }

    /// <summary>Every value that a recipe of the daemon's own folder, or a region in it, gives a key: whoever runs the
    /// machine wrote it.</summary>
    public IEnumerable<string> ValuesOf(string key)
    {
        foreach (string path in Own())
        {
            if (DocumentOf(path) is not { } recipe)
            {
                continue;
            }

            foreach (RecipeDocument document in recipe.Regions.Select(static region => region.Content).Prepend(recipe))
            {
                if (document.Entries.GetValueOrDefault(key) is { } entry)
                {
                    yield return entry.Text;
                }
            }
        }
    }

    private Dictionary<string, string> Files()
    {
        Dictionary<string, string> files = new(StringComparer.Ordinal);
        IEnumerable<string> samples =
            Directory.Exists(Samples) ? Directory.EnumerateFiles(Samples, "*" + Extension) : [];
        foreach (string path in samples.Concat(Own()))
        {
            files[Path.GetFileNameWithoutExtension(path)] = path;
        }

        return files;
    }

    private IEnumerable<string> Own() => Directory.EnumerateFiles(data.Recipes, "*" + Extension);

    private static string? TitleOf(string path) => DocumentOf(path)?.Entries.GetValueOrDefault("title")?.Text;

    private static RecipeDocument? DocumentOf(string path)
    {
        try
        {
            return RecipeParser.Parse(path, RecipeFile.ReadText(path));
        }
        catch (RecipeException)
        {
            return null;
        }
    }
}
