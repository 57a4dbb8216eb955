using System.Text.Json;

namespace DklActors.Host.Remote;

/// <summary>
/// Fields of an answer, null where there are none: a daemon of another version may say more or less than is known here.
/// </summary>
internal static class JsonFields
{
    public static string? Text(this JsonElement json, string name) =>
        json.Field(name) is { ValueKind: JsonValueKind.String } field ? field.GetString() : null;

    public static double? Number(this JsonElement json, string name) =>
        json.Field(name) is { ValueKind: JsonValueKind.Number } field ? field.GetDouble() : null;

    public static bool? Truth(this JsonElement json, string name) => json.Field(name) switch
    {
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => null,
    };

    public static JsonElement? Field(this JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out JsonElement field)
        && field.ValueKind != JsonValueKind.Null
            ? field
            : null;

    public static IEnumerable<JsonElement> Items(this JsonElement json, string name) =>
        json.Field(name) is { ValueKind: JsonValueKind.Array } field ? field.EnumerateArray() : [];
}
