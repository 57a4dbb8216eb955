namespace DklActors.Actors.Budgeting;

/// <summary>What has to settle for a run to be converged.</summary>
public enum ConvergenceAim
{
    /// <summary>The root mean square deviation of the map, without noise, over all that may be measured.</summary>
    Map,

    /// <summary>The greatest improvement on the best scalar that the next measurement is expected to bring.</summary>
    Best,
}
