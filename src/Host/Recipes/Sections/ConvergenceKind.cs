namespace DklActors.Host.Recipes.Sections;

/// <summary>What has to settle for a run to be complete.</summary>
public enum ConvergenceKind
{
    None,

    /// <summary>The map's deviation.</summary>
    Map,

    /// <summary>The improvement that the next measurement is expected to bring.</summary>
    Best,
}
