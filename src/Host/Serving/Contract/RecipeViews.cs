using DklActors.Host.Estimating;

namespace DklActors.Host.Serving.Contract;

internal sealed record RecipeInfo(string Name, string Title);

/// <summary>What a dry run found.</summary>
internal sealed record RecipeCheckView(bool Ok, IReadOnlyList<RecipeErrorView> Errors, Estimate? Estimate);
