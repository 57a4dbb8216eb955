namespace DklActors.Instruments.Virtual;

/// <summary>What a virtual sample drifts with.</summary>
public enum DriftPace
{
    /// <summary>The clock, as a real sample does.</summary>
    Minute,

    /// <summary>The exposures begun: the same in every run of a seed, however quick the clock is.</summary>
    Exposure,
}
