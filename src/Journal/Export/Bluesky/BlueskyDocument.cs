using System.Text.Json.Nodes;

namespace DklActors.Journal.Export.Bluesky;

/// <summary>A document of the event model of Bluesky.</summary>
/// <param name="Name">Its kind: start, descriptor, event, stop.</param>
/// <param name="Content">The document.</param>
public sealed record BlueskyDocument(string Name, JsonObject Content)
{
    /// <summary>Seconds since 1970, as the event model has all times.</summary>
    internal static double Seconds(DateTimeOffset time) =>
        (time - DateTimeOffset.UnixEpoch).Ticks / (double)TimeSpan.TicksPerSecond;
}
