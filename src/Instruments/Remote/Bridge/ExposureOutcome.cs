using System.Text.Json;
using DklActors.Instruments.Ports;
using DklActors.Instruments.Remote.Bridge.Speaking;

namespace DklActors.Instruments.Remote.Bridge;

/// <summary>What became of a request to expose.</summary>
/// <param name="Kind"><c>exposed</c>, <c>cut-short</c>, <c>failed</c> or <c>unknown</c>.</param>
/// <param name="EndedBy">Who blanked.</param>
/// <param name="BeamOnS">How long the beam was on; null where nobody knows.</param>
/// <param name="IsBlanked">Whether it was blanked then.</param>
/// <param name="Reason">Why it failed, or null.</param>
internal sealed record ExposureOutcome(string Kind, string EndedBy, double? BeamOnS, bool IsBlanked, string? Reason)
{
    /// <exception cref="BridgeException">It is none of the protocol, or of another request.</exception>
    public static ExposureOutcome Of(Uri bridge, JsonElement json, string request)
    {
        try
        {
            string answered = json.Text("request");
            return answered == request
                ? new ExposureOutcome(
                    json.Text("outcome"), json.Text("ended_by"), json.FindNumber("beam_on_s"), json.Truth("blanked"),
                    json.FindText("reason"))
                : throw BridgeException.Wrong(bridge, $"it is of request {answered}, and {request} was asked for");
        }
        catch (FormatException exception)
        {
            throw BridgeException.Wrong(bridge, $"its outcome of {request} is none: {exception.Message}", exception);
        }
    }

    /// <summary>Whether the bridge ended it for a cause that lies outside this program.</summary>
    public bool WasTakenAway => EndedBy is "heartbeat" or "lease" or "command" or "fault";

    /// <summary>Throws unless there is a frame to be fetched.</summary>
    /// <exception cref="InstrumentException">
    /// There is none; unknown where it may have been exposed, so that it must not be exposed again by itself.
    /// </exception>
    public void RequireExposed(string request)
    {
        if (!IsBlanked)
        {
            throw new InstrumentException(
                FaultClass.Permanent, $"THE BEAM DID NOT BLANK after {request}: {Reason ?? "it reads back as on"}.");
        }

        string on = BeamOnS is { } s ? FormattableString.Invariant($" after {s * 1000:F1} ms") : "";
        switch (Kind)
        {
            case "exposed":
                return;
            case "cut-short":
                throw new InstrumentException(
                    FaultClass.Transient, $"The bridge blanked the beam within the exposure{on}: {WhoEnded}.");
            case "unknown":
                throw new OutcomeUnknownException(
                    $"Nobody knows whether {request} was exposed: {Reason ?? "the bridge ended within it"}.");
            default:
                throw new InstrumentException(
                    FaultClass.Transient, $"The exposure failed{on}: {Reason ?? WhoEnded}.");
        }
    }

    private string WhoEnded => EndedBy switch
    {
        "heartbeat" => "it heard nothing from here for too long",
        "lease" => "its own clock ended the longest exposure",
        "command" => "somebody told it to",
        _ => Reason ?? EndedBy,
    };
}
