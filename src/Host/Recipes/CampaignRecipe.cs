using System.Collections.Immutable;

namespace DklActors.Host.Recipes;

/// <summary>A recipe that lists regions.</summary>
/// <param name="Name">Short name of the campaign.</param>
/// <param name="Title">What it is about, in words.</param>
/// <param name="Text">The recipe as it was written.</param>
/// <param name="Regions">In the order in which they are looked at.</param>
public sealed record CampaignRecipe(string Name, string Title, string Text, ImmutableArray<RegionRecipe> Regions);
