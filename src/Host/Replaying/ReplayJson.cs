using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using DklActors.Messages;

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

    private sealed class PointIdConverter : JsonConverter<PointId>
    {
        public override PointId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(reader.GetInt32());

        public override void Write(Utf8JsonWriter writer, PointId value, JsonSerializerOptions options) =>
            writer.WriteNumberValue(value.Value);
    }
}
