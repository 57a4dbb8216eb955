namespace DklActors.Host.Recipes.Documents;

/// <summary>One value as a person wrote it, and where.</summary>
/// <param name="Text">The text; empty where nothing stands behind the colon.</param>
/// <param name="Location">FILE:LINE, or --set KEY.</param>
/// <param name="Folder">The folder at which a relative path starts.</param>
internal sealed record RecipeEntry(string Text, string Location, string Folder);
