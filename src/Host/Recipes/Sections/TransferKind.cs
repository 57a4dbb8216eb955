namespace DklActors.Host.Recipes.Sections;

/// <summary>What the first training in a region of a campaign starts from.</summary>
public enum TransferKind
{
    /// <summary>From the seed, as if there were no other region.</summary>
    None,

    /// <summary>From the last model of the region before.</summary>
    Warm,
}
