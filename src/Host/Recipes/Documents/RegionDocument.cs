namespace DklActors.Host.Recipes.Documents;

/// <summary>What one region of a recipe's list says, not yet checked: its name, and what differs there.</summary>
/// <param name="Location">FILE:LINE of the region.</param>
/// <param name="Content">Its keys and values; <c>name</c> among them.</param>
internal sealed record RegionDocument(string Location, RecipeDocument Content);
