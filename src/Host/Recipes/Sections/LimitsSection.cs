using DklActors.Messages.Units;

namespace DklActors.Host.Recipes.Sections;

/// <summary>Limits that end or pause a run; null means that there is none.</summary>
/// <param name="DosePerPixel">Largest dose on one pixel.</param>
/// <param name="TotalElectrons">Largest number of electrons on the sample.</param>
/// <param name="Duration">Longest wall time.</param>
/// <param name="MinimumFreeDiskBytes">Free disk space below which the run pauses with the beam blanked.</param>
public sealed record LimitsSection(
    Dose? DosePerPixel, double? TotalElectrons, TimeSpan? Duration, long MinimumFreeDiskBytes);
