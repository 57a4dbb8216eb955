using System.Text.Json.Serialization;

namespace DklActors.Messages.Models;

/// <summary>
/// What leaving each observation out in turn says about where the information is: mean log predictive densities, in
/// nats a point, of models that know the structure, the position only, and nothing. The models are not fitted to the
/// observations, for such fits promise gains even where there is nothing to learn.
/// </summary>
/// <param name="Structure">Structure and position.</param>
/// <param name="Position">Position alone.</param>
/// <param name="Constant">Mean and deviation of the observations.</param>
/// <param name="StructureError">Standard error of the difference of structure and position.</param>
/// <param name="PositionError">Standard error of the difference of position and constant.</param>
public sealed record StructureEvidence(
    double Structure, double Position, double Constant, double StructureError, double PositionError)
{
    /// <summary>Standard errors beyond which a difference counts.</summary>
    private const double Clear = 2.0;

    [JsonIgnore]
    public StructureVerdict Verdict =>
        Structure - Position > Clear * StructureError ? StructureVerdict.Helps
        : Structure - Position > StructureError ? StructureVerdict.Undecided
        : Position - Constant > Clear * PositionError ? StructureVerdict.PositionSuffices
        : Structure > Constant ? StructureVerdict.Undecided
        : StructureVerdict.NothingPredicts;
}
