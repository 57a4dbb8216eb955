using DklActors.Instruments.Simulated;

namespace DklActors.Host.Recipes.Sections;

/// <summary>A simulated microscope with known truth.</summary>
public sealed record SimulatedSection : VirtualSection
{
    /// <summary>
    /// The sample; beam current, dwell, seed of the noise and probe errors are those of the rest of the recipe.
    /// </summary>
    public required SimulationOptions Sample { get; init; }
}
