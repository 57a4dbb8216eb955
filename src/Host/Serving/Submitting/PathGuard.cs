using System.Collections.Immutable;
using DklActors.Host.Recipes;
using DklActors.Host.Recipes.Documents;
using DklActors.Host.Recipes.Keys;
using DklActors.Physics.Scalarizers.Parameters;

namespace DklActors.Host.Serving.Submitting;

/// <summary>
/// Keeps a request from naming files and programs of the machine: a path stays in the folder of data sets, and what
/// reaches further (another path, a blanker, a microscope, a database) must stand letter by letter in a recipe that
/// whoever runs the machine put into the daemon's recipe folder.
/// </summary>
internal sealed class PathGuard(DataFolder data, RecipeShelf shelf)
{
    private static readonly string[] Paths =
    [
        "microscope.data", "microscope.imageData",
        .. ScalarizerKeys.Parameters.Where(static entry => ((ScalarizerParameter)entry.Parameter).IsPath)
            .Select(static entry => entry.Key.Path),
    ];

    // What is no path and reaches out of the process.
    private static readonly string[] Reaching =
    [
        "journal.connection", "microscope.blanker", "microscope.address", "microscope.tokenFile",
        "microscope.authority",
    ];

    /// <summary>The recipe, and what its regions have of their own.</summary>
    /// <exception cref="RecipeException">A key reaches further than a request may.</exception>
    public void Check(RecipeDocument recipe)
    {
        List<RecipeError> errors = [];
        foreach ((RecipeDocument document, string key) in recipe.Regions.Select(static region => region.Content)
            .Prepend(recipe).SelectMany(static document => Paths.Concat(Reaching).Select(key => (document, key))))
        {
            if (document.Entries.TryGetValue(key, out RecipeEntry? entry) && entry.Text.Length > 0
                && !(Paths.Contains(key) && IsInside(entry.Text)) && !shelf.ValuesOf(key).Contains(entry.Text))
            {
                errors.Add(new RecipeError(
                    entry.Location, key,
                    "a recipe in a request may not name this: it lies outside the daemon's data folder",
                    "put the file into the data folder of the daemon and name it relative to that, or ask whoever runs "
                    + "the machine to put a recipe with this value into the daemon's recipe folder"));
            }
        }

        if (errors.Count > 0)
        {
            throw new RecipeException(errors);
        }
    }

    /// <summary>Keys of a scalarizer that a request brings to a run, with whole paths.</summary>
    /// <param name="keys">Keys below <c>scalarizer</c>.</param>
    /// <param name="known">Those of the run: what it names already may be named again.</param>
    /// <exception cref="RecipeException">A key reaches further than a request may.</exception>
    public ImmutableSortedDictionary<string, string> Checked(
        ImmutableSortedDictionary<string, string> keys, ImmutableSortedDictionary<string, string> known)
    {
        var document = new RecipeDocument("the request");
        foreach ((string name, string value) in keys)
        {
            string path = $"scalarizer.{name}";
            bool isNew = Paths.Contains(path) && known.GetValueOrDefault(name) != value;
            if (isNew)
            {
                document.Entries[path] = new RecipeEntry(value, RecipeOrigins.OverrideLocation(path), data.Data);
            }
        }

        Check(document);
        return document.Entries.Aggregate(keys, (all, entry) => IsInside(entry.Value.Text)
            ? all.SetItem(entry.Key[(entry.Key.IndexOf('.') + 1)..], Path.GetFullPath(entry.Value.Text, data.Data))
            : all);
    }

    // A link in the folder leads where whoever runs the machine made it lead.
    private bool IsInside(string path) =>
        !path.Contains('\0', StringComparison.Ordinal)
        && Path.GetFullPath(path, data.Data).StartsWith(
            Path.GetFullPath(data.Data) + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
