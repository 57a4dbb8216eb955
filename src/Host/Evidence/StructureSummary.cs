using DklActors.Messages.Models;

namespace DklActors.Host.Evidence;

/// <summary>What the last model of a run says about structure; densities in nats a point.</summary>
/// <param name="Verdict">What it comes to.</param>
/// <param name="Structure">Mean log predictive density of models that know structure and position.</param>
/// <param name="Position">Of those that know position alone.</param>
/// <param name="Constant">Of the mean and deviation of what was measured.</param>
/// <param name="StructureError">Standard error of the difference of structure and position.</param>
/// <param name="PositionError">Standard error of the difference of position and constant.</param>
/// <param name="Words">The same in words.</param>
internal sealed record StructureSummary(
    StructureVerdict Verdict,
    double Structure,
    double Position,
    double Constant,
    double StructureError,
    double PositionError,
    string Words)
{
    public static StructureSummary Of(StructureEvidence evidence) => new(
        evidence.Verdict,
        evidence.Structure,
        evidence.Position,
        evidence.Constant,
        evidence.StructureError,
        evidence.PositionError,
        StructureWords.Of(evidence));
}
