using DklActors.Messages.Units;

namespace DklActors.Actors.Dosimetry;

/// <summary>Hard limits that the planner cannot loosen; null means no limit.</summary>
/// <param name="PerPixel">Highest dose at any scan pixel.</param>
/// <param name="TotalElectrons">Most electrons in the whole run.</param>
/// <param name="Duration">Longest time a process may go on measuring.</param>
public sealed record DoseLimits(Dose? PerPixel, double? TotalElectrons, TimeSpan? Duration)
{
    public static readonly DoseLimits None = new(null, null, null);
}
