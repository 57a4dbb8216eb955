using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using DklActors.Instruments.Files;

namespace DklActors.Instruments.Tests.Remote.Bridge;

/// <summary>What a scripted bridge answers, true to the protocol or not.</summary>
internal sealed record Reply(int Status, byte[] Body)
{
    public Dictionary<string, string> Headers { get; init; } = [];

    /// <summary>Bytes of the body after which the connection ends; null for all of them.</summary>
    public int? CutAfter { get; init; }

    /// <summary>The connection ends without an answer.</summary>
    public static Reply None { get; } = new(0, []);

    public static Reply Json(object body) => new(200, JsonSerializer.SerializeToUtf8Bytes(body));

    public static Reply Text(string body) => new(200, Encoding.UTF8.GetBytes(body));

    public static Reply Refusal(int status, string code, string fault, string message = "no") =>
        Json(new { error = code, message, fault }) with { Status = status };

    public static Reply Array(string request, string shape, float[] values, object? meta = null)
    {
        byte[] bytes = MemoryMarshal.AsBytes<float>(values).ToArray();
        return new Reply(200, bytes)
        {
            Headers = new Dictionary<string, string>
            {
                ["Dkl-Dtype"] = "<f4",
                ["Dkl-Shape"] = shape,
                ["Dkl-Request"] = request,
                ["Dkl-Crc32"] = $"{Crc32.Of(bytes):x8}",
                ["Dkl-Meta"] = JsonSerializer.Serialize(meta ?? new { }),
            },
        };
    }

    public Reply With(string header, string value)
    {
        Headers[header] = value;
        return this;
    }
}
