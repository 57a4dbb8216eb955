namespace DklActors.Host.Recipes.Keys;

/// <summary>
/// What a region of a recipe's list may have of its own: where it is and how much it is worth. What is searched for,
/// and with what, is the same everywhere, or nothing could be compared.
/// </summary>
internal static class RegionKeys
{
    /// <summary>The list's own key.</summary>
    public const string List = "regions";

    /// <summary>Most regions of one recipe.</summary>
    public const int Most = 64;

    public const string About =
        "Places that are looked at one after the other with the same question. Each region has a name and what differs "
        + "there; each is a run of its own in regions/NAME of the campaign's folder (docs/regions.md).";

    private static readonly string[] OfPlanner =
        ["planner.region", "planner.seeds", "planner.seedDesign", "planner.seedsFrom", "planner.measurements"];

    /// <summary>The keys in the order of the table.</summary>
    public static IReadOnlyList<RecipeKey> All { get; } = [.. RecipeTable.Keys.Where(IsAllowed)];

    public static bool IsAllowed(RecipeKey key) => key.Path != RecipeKeys.Microscope.Path
        && (key.Path == RecipeKeys.Seed.Path || key.Section is "microscope" or "sampleStage" or "budget" or "limits"
            || OfPlanner.Contains(key.Path));
}
