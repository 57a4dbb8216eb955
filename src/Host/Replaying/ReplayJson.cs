using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using DklActors.Messages.Serialization;

namespace DklActors.Host.Replaying;

/// <summary>Outcomes of a replay as one JSON object on one line.</summary>
internal static class ReplayJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase), new PointIdConverter() },
    };

    public static string Of<T>(T outcome) => JsonSerializer.Serialize(outcome, Options);
}
