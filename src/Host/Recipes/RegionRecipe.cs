namespace DklActors.Host.Recipes;

/// <summary>One region of a recipe's list, as the recipe of a run of its own.</summary>
/// <param name="Name">Its name: a-z, 0-9 and hyphens.</param>
/// <param name="Recipe">The recipe, with what differs there.</param>
/// <param name="Origins">Where its values were written.</param>
/// <param name="Differences">Keys and values that it has of its own, as written.</param>
public sealed record RegionRecipe(
    string Name, Recipe Recipe, RecipeOrigins Origins, IReadOnlyList<(string Key, string Text)> Differences);
