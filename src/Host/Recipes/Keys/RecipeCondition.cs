namespace DklActors.Host.Recipes.Keys;

/// <summary>A key belongs to a recipe only where another key of its section has a certain value.</summary>
/// <param name="Selector">Path of the other key.</param>
/// <param name="Word">Its value, as written.</param>
internal sealed record RecipeCondition(string Selector, string Word);
