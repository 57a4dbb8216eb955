using DklActors.Host.Reporting;

namespace DklActors.Host.Estimating;

/// <summary>What a run will take, found out without moving or exposing anything.</summary>
/// <param name="Name">Short name of the experiment.</param>
/// <param name="Instrument">Kind of microscope, as the recipe names it.</param>
/// <param name="InstrumentDescription">What the instrument says of itself.</param>
/// <param name="Points">Points that get a scalar: seeds and measurements.</param>
/// <param name="Exposures">Exposures, at most: points, and neighbours that their scalars need.</param>
/// <param name="Candidates">Places that can be planned.</param>
/// <param name="DurationS">
/// Until then: survey, and settle, dwell and read-out of each exposure one after the other. What overlaps makes a run
/// shorter, training that measuring does not cover makes it longer.
/// </param>
/// <param name="Electrons">Electrons on the sample by then, with the survey's, if no exposure is repeated.</param>
/// <param name="DosePerPixel">
/// e/Å² at a measured pixel, the survey's share included; null where only the survey tells the size of a pixel.
/// </param>
/// <param name="LimitElectrons">The recipe's limit on all electrons, or null.</param>
/// <param name="LimitPerPixel">The recipe's limit on one pixel in e/Å², or null.</param>
/// <param name="EndsBy">
/// The key of the budget that will probably be used up first; planner.measurements where all points are measured.
/// Convergence cannot be foreseen.
/// </param>
/// <param name="PointsByThen">Points measured by then.</param>
/// <param name="Warnings">What a person should know before starting.</param>
internal sealed record Estimate(
    string Name,
    string Instrument,
    string InstrumentDescription,
    int Points,
    long Exposures,
    long Candidates,
    double DurationS,
    double Electrons,
    double? DosePerPixel,
    double? LimitElectrons,
    double? LimitPerPixel,
    string EndsBy,
    long PointsByThen,
    IReadOnlyList<string> Warnings)
{
    /// <summary>Where the sample's stage would be taken, within its limits; null where it is left alone.</summary>
    public StageSummary? Stage { get; init; }
}
