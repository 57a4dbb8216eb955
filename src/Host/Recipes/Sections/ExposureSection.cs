namespace DklActors.Host.Recipes.Sections;

/// <summary>One exposure: its dwell, its lease and how often it may be tried.</summary>
/// <param name="Dwell">Time the beam stays on one point.</param>
/// <param name="Longest">Longest wall time of the lease; the beam is blanked when it expires.</param>
/// <param name="Attempts">Exposures tried at one point before it is given up.</param>
public sealed record ExposureSection(TimeSpan Dwell, TimeSpan Longest, int Attempts);
