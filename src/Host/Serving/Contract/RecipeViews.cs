using DklActors.Host.Estimating;

namespace DklActors.Host.Serving.Contract;

internal sealed record RecipeInfo(string Name, string Title);

/// <summary>What a dry run found.</summary>
/// <param name="Ok">Whether it can be submitted.</param>
/// <param name="Errors">What is wrong.</param>
/// <param name="Estimate">What it would take; null where something is wrong, and of a campaign.</param>
/// <param name="Regions">What each region of a campaign would take; empty for a recipe of one experiment.</param>
internal sealed record RecipeCheckView(
    bool Ok, IReadOnlyList<RecipeErrorView> Errors, Estimate? Estimate, IReadOnlyList<RegionEstimate> Regions);
