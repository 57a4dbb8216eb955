using DklActors.Instruments.Remote.Bridge.Speaking;

namespace DklActors.Instruments.Remote.Bridge.Linking;

/// <summary>The requests that have to do with the blanker; they need no session.</summary>
internal static class BeamRequests
{
    public static readonly BridgeRequest State = BridgeRequest.Get("/v1/state");

    /// <param name="permit">All permits up to it are revoked; null for all that were given.</param>
    public static BridgeRequest Blank(long? permit) => BridgeRequest.With("POST", "/v1/beam/blank", json =>
    {
        if (permit is { } number)
        {
            json.WriteNumber("permit", number);
        }
        else
        {
            json.WriteNull("permit");
        }
    });
}
