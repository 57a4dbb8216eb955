using System.Buffers;
using System.Text.Json;

namespace DklActors.Instruments.Remote.Bridge.Speaking;

/// <summary>One request of the protocol.</summary>
/// <param name="Method">HTTP's.</param>
/// <param name="Path">From the root.</param>
/// <param name="Body">JSON, or null.</param>
/// <param name="Session">The session that commands; null for a request that needs none.</param>
internal sealed record BridgeRequest(string Method, string Path, byte[]? Body = null, string? Session = null)
{
    public const string SessionHeader = "Dkl-Session";
    public const string VersionHeader = "Dkl-Bridge";
    public const string InstanceHeader = "Dkl-Instance";

    public static BridgeRequest Get(string path, string? session = null) => new("GET", path, null, session);

    /// <param name="method">HTTP's.</param>
    /// <param name="path">From the root.</param>
    /// <param name="write">Writes the members of the body.</param>
    /// <param name="session">The session that commands; null for a request that needs none.</param>
    public static BridgeRequest With(
        string method, string path, Action<Utf8JsonWriter> write, string? session = null)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return new BridgeRequest(method, path, bytes.WrittenSpan.ToArray(), session);
    }
}
