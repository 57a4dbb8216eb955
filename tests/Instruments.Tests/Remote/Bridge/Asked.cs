using System.Text;
using System.Text.Json;

namespace DklActors.Instruments.Tests.Remote.Bridge;

/// <summary>One request that came to a scripted bridge.</summary>
internal sealed record Asked(string Method, string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Route => $"{Method} {Path}";

    public JsonElement Json
    {
        get
        {
            using var document = JsonDocument.Parse(Body.Length == 0 ? "{}"u8.ToArray() : Body);
            return document.RootElement.Clone();
        }
    }

    public override string ToString() => $"{Route} {Encoding.UTF8.GetString(Body)}";
}
