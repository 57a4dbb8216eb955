using System.Collections.Frozen;
using System.Text.Json.Nodes;

namespace DklActors.Messages.Serialization;

/// <summary>
/// Brings stored events of an older schema version up to the next one, step by step. What a journal holds is never
/// rewritten: it is read as what it would be today.
/// </summary>
internal static class EventUpcasters
{
    // By manifest and the version it comes from. A step, once published, stays.
    private static readonly FrozenDictionary<(string Manifest, int From), Action<JsonObject>> Steps =
        new Dictionary<(string, int), Action<JsonObject>>
        {
            [("experiment-started", 1)] = TellInstructionSet,
            [("experiment-continued", 1)] = TellInstructionSet,
            [("survey-recorded", 1)] = LeavePlacesOpen,
            [("run-paused", 1)] = CallPauseSoft,
            [("point-abandoned", 1)] = CallAbandonedFailed,
        }.ToFrozenDictionary();

    /// <summary>Changes the message in place; false where a step is missing.</summary>
    public static bool TryRaise(string manifest, int from, int to, JsonObject message)
    {
        for (int version = from; version < to; version++)
        {
            if (!Steps.TryGetValue((manifest, version), out Action<JsonObject>? step))
            {
                return false;
            }

            step(message);
        }

        return true;
    }

    // Version 1 did not say what it computed with, so nothing may be taken to repeat bit for bit.
    private static void TellInstructionSet(JsonObject message) =>
        message["provenance"]?.AsObject().Add("instructionSet", "unknown");

    // Version 1 left the places that can be measured to the instrument.
    private static void LeavePlacesOpen(JsonObject message) => message.Add("places", null);

    // Version 1 knew of no other pause.
    private static void CallPauseSoft(JsonObject message) => message.Add("kind", "soft");

    // Version 1 gave up only what could not be measured.
    private static void CallAbandonedFailed(JsonObject message) => message.Add("cause", "noFrame");
}
