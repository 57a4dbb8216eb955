using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using DklActors.Instruments.Remote.Bridge.Speaking;
using DklActors.Messages.Geometry;
using DklActors.Messages.Units;

namespace DklActors.Instruments.Remote.Bridge.Linking;

/// <summary>The microscope behind a bridge, as it is now.</summary>
/// <param name="IsBlanked">Read back.</param>
/// <param name="Alarm">Why the beam could not be blanked; null where it could.</param>
/// <param name="Exposing">The request that the beam is on for, or null.</param>
/// <param name="Stage">Where the sample's stage was a moment ago; null where the instrument does not say.</param>
/// <param name="Current">Measured; null where the instrument does not say.</param>
/// <param name="Conditions">What speaks against measuring.</param>
/// <param name="Commander">Who commands; null for nobody.</param>
/// <param name="Revision">Of the capabilities.</param>
/// <param name="Time">The bridge's clock; null where it is none.</param>
internal sealed record BridgeState(
    bool IsBlanked,
    string? Alarm,
    string? Exposing,
    StagePosition? Stage,
    BeamCurrent? Current,
    ImmutableArray<string> Conditions,
    string? Commander,
    long Revision,
    DateTimeOffset? Time)
{
    private const int MostConditions = 16;

    /// <exception cref="BridgeException">It is none of the protocol.</exception>
    public static BridgeState Of(Uri bridge, JsonElement json)
    {
        try
        {
            JsonElement beam = json.Member("beam");
            return new BridgeState(
                beam.Truth("blanked"),
                beam.FindText("alarm"),
                beam.FindText("exposing"),
                json.Find("stage") is { } stage
                    ? StagePosition.OfNanometres(stage.Number("x_nm"), stage.Number("y_nm"))
                    : null,
                json.FindNumber("current_pa") is { } current ? new BeamCurrent(current) : null,
                [.. json.Items("conditions").Take(MostConditions).Select(static one => one.GetString() ?? "?")],
                json.Find("session") is { } session ? session.FindText("client") ?? "somebody" : null,
                (long)json.Number("revision"),
                DateTimeOffset.TryParse(
                    json.FindText("time"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal,
                    out DateTimeOffset time)
                    ? time
                    : null);
        }
        catch (Exception exception) when (exception is FormatException or InvalidOperationException)
        {
            throw BridgeException.Wrong(bridge, $"its state is none: {exception.Message}", exception);
        }
    }
}
