namespace DklActors.Host.Recipes.Sections;

/// <summary>A microscope behind a bridge, docs/bridge-protocol.md.</summary>
public sealed record BridgeSection : RemoteSection
{
    /// <summary>Full path of the file with the token. The token itself is in no recipe.</summary>
    public required string TokenFile { get; init; }

    /// <summary>Full path of the certificates that are trusted; null for the machine's.</summary>
    public required string? Authority { get; init; }

    /// <summary>The detector whose frames are measured.</summary>
    public required string Detector { get; init; }

    /// <summary>Silence after which the bridge blanks the beam by itself.</summary>
    public required TimeSpan Heartbeat { get; init; }
}
