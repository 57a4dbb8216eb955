namespace DklActors.Actors.Planning;

/// <summary>What chooses the points that are measured before the acquisition function decides.</summary>
public enum SeedDesignKind
{
    /// <summary>Nothing but where they lie: far from each other.</summary>
    SpaceFilling,

    /// <summary>The seed of the run alone.</summary>
    Random,

    /// <summary>
    /// A model that knows no scalar of this run: what another run has learned of structure, or none that was trained.
    /// </summary>
    Model,
}
