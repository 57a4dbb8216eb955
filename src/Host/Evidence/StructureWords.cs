using System.Globalization;
using DklActors.Messages.Models;

namespace DklActors.Host.Evidence;

/// <summary>What the evidence about structure comes to, in words for a person.</summary>
internal static class StructureWords
{
    public static string Of(StructureEvidence evidence) => evidence.Verdict switch
    {
        StructureVerdict.Helps =>
            $"structure helps: it predicts the scalar better than position alone ({Difference(evidence)})",
        StructureVerdict.PositionSuffices =>
            $"structure does not help here: position alone predicts as well ({Difference(evidence)}), "
            + "and the model weighs it accordingly",
        StructureVerdict.NothingPredicts =>
            "nothing predicts the scalar yet: neither structure nor position does better than the mean of what was "
            + "measured",
        _ => $"it is not clear whether structure helps ({Difference(evidence)})",
    };

    /// <summary>Structure over position.</summary>
    private static string Difference(StructureEvidence evidence)
    {
        double gain = evidence.Structure - evidence.Position;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"leave-one-out, {gain:+0.00;−0.00;0.00} ± {evidence.StructureError:F2} nats a point");
    }
}
