using DklActors.Physics.Scalarizers;

namespace DklActors.Host.Recipes.Sections;

/// <summary>How a frame becomes the number that is searched for.</summary>
/// <param name="Spec">
/// The physics. Where it compares with arrays of files, these are read; a recipe that was only read holds their paths.
/// </param>
/// <param name="Quantity">What people call the number, with its unit; null for what the kind says.</param>
public sealed record ScalarizerSection(ScalarizerSpec Spec, string? Quantity = null)
{
    /// <summary>What figures call the number.</summary>
    public string Label => Quantity ?? ScalarizerCatalog.Find(Spec.Kind)!.Label(Spec);
}
