using System.Collections.Immutable;
using DklActors.Host.Recipes;
using DklActors.Host.Recipes.Keys;
using DklActors.Physics.Scalarizers;

namespace DklActors.Host.Serving.Looking;

/// <summary>A scalarizer's specification from the keys of a recipe's section, as far as people look at it.</summary>
internal static class ScalarizerKeyText
{
    /// <exception cref="RecipeException">A value cannot be read.</exception>
    public static ScalarizerSpec SpecOf(ImmutableSortedDictionary<string, string> keys)
    {
        var values = new RecipeValues();
        foreach ((string name, string text) in keys)
        {
            string path = $"scalarizer.{name}";
            if (!RecipeTable.ByPath.TryGetValue(path, out RecipeKey? key))
            {
                throw new RecipeException(new RecipeError("", path, "there is no such key", "leave it out"));
            }

            var parsed = key.AnyFormat.ParseAny(text);
            values.SetAny(key, parsed.IsGood
                ? parsed.Value!
                : throw new RecipeException(new RecipeError("", path, parsed.Problem!, parsed.Remedy ?? "")));
        }

        return values.Contains("scalarizer.kind")
            ? RecipeBinder.SpecOf(values)
            : throw new RecipeException(new RecipeError("", "scalarizer.kind", "the key is missing", "add it"));
    }

    /// <summary>What figures call the number.</summary>
    public static string LabelOf(ImmutableSortedDictionary<string, string> keys)
    {
        ScalarizerSpec spec = SpecOf(keys);
        return keys.GetValueOrDefault("quantity") ?? ScalarizerCatalog.Find(spec.Kind)!.Label(spec);
    }
}
