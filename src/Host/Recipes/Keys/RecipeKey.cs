using DklActors.Host.Recipes.Formats;

namespace DklActors.Host.Recipes.Keys;

/// <summary>One key of a recipe: its place, how its value is written, what it means, what stands in for it.</summary>
internal abstract record RecipeKey(string Path, string Documentation)
{
    /// <summary>The value where the key is left out; null where there is none.</summary>
    public string? Default { get; init; }

    /// <summary>In words, the value where the key is left out and no constant stands in for it.</summary>
    public string? DefaultInWords { get; init; }

    /// <summary>The selector that must have a certain value for this key to belong to the recipe.</summary>
    public RecipeCondition? Condition { get; init; }

    /// <summary>
    /// Whether a recipe is written without the key where it has its default, so that recipes from before the key was
    /// there keep their hash.
    /// </summary>
    public bool IsTacit { get; init; }

    public bool IsRequired => Default is null && DefaultInWords is null;

    /// <summary>The dotted path before the last part; empty at the top.</summary>
    public string Section => Path.LastIndexOf('.') is >= 0 and int dot ? Path[..dot] : "";

    public string Name => Path[(Path.LastIndexOf('.') + 1)..];

    public abstract ValueFormat AnyFormat { get; }
}

/// <inheritdoc cref="RecipeKey"/>
internal sealed record RecipeKey<T>(string Path, ValueFormat<T> Format, string Documentation)
    : RecipeKey(Path, Documentation)
    where T : notnull
{
    public override ValueFormat AnyFormat => Format;
}
