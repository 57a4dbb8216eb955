using System.Text.Json;
using DklActors.Instruments.Ports;

namespace DklActors.Instruments.Remote.Bridge.Speaking;

/// <summary>Reads what a bridge answers. Members that are not known here are left alone: a newer one may say more.
/// </summary>
internal static class BridgeJson
{
    public static JsonElement Parse(Uri bridge, ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document.RootElement.Clone()
                : throw BridgeException.Wrong(bridge, "it is no JSON object");
        }
        catch (JsonException exception)
        {
            throw BridgeException.Wrong(bridge, $"it is no JSON: {exception.Message}", exception);
        }
    }

    public static JsonElement? Find(this JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out JsonElement member)
        && member.ValueKind != JsonValueKind.Null
            ? member
            : null;

    public static JsonElement Member(this JsonElement json, string name) =>
        json.Find(name) ?? throw new FormatException($"it has no '{name}'");

    public static string Text(this JsonElement json, string name) =>
        json.FindText(name) ?? throw new FormatException($"'{name}' is no text");

    public static string? FindText(this JsonElement json, string name) =>
        json.Find(name) is { ValueKind: JsonValueKind.String } member ? member.GetString() : null;

    /// <summary>A finite number.</summary>
    public static double Number(this JsonElement json, string name) =>
        json.FindNumber(name) ?? throw new FormatException($"'{name}' is missing or no finite number");

    public static double? FindNumber(this JsonElement json, string name) =>
        json.Find(name) is { ValueKind: JsonValueKind.Number } member && member.TryGetDouble(out double number)
        && double.IsFinite(number)
            ? number
            : null;

    public static bool Truth(this JsonElement json, string name) => json.Member(name).ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw new FormatException($"'{name}' is neither true nor false"),
    };

    /// <summary>Two finite numbers, the first not above the second.</summary>
    public static (double Least, double Most) Range(this JsonElement json, string name)
    {
        JsonElement pair = json.Member(name);
        return pair.ValueKind == JsonValueKind.Array && pair.GetArrayLength() == 2
            && pair[0].TryGetFinite(out double least) && pair[1].TryGetFinite(out double most) && least <= most
                ? (least, most)
                : throw new FormatException($"'{name}' is no range of two numbers");
    }

    public static IEnumerable<JsonElement> Items(this JsonElement json, string name) =>
        json.Member(name) is { ValueKind: JsonValueKind.Array } array
            ? array.EnumerateArray()
            : throw new FormatException($"'{name}' is no list");

    private static bool TryGetFinite(this JsonElement json, out double number)
    {
        number = double.NaN;
        return json.ValueKind == JsonValueKind.Number && json.TryGetDouble(out number) && double.IsFinite(number);
    }

    /// <summary>The error that an answer of 400 or above describes.</summary>
    public static BridgeException RefusalOf(Uri bridge, int status, ReadOnlyMemory<byte> body)
    {
        JsonElement json;
        try
        {
            json = Parse(bridge, body);
        }
        catch (BridgeException)
        {
            return BridgeException.Wrong(bridge, $"status {status} without the error that the protocol describes");
        }

        if (json.FindText("error") is not { } code)
        {
            return BridgeException.Wrong(bridge, $"status {status} without an error code");
        }

        string message = status == 401
            ? "it does not know this token; compare the files at both ends"
            : json.FindText("message") ?? "it gives no reason";
        return BridgeException.Refused(bridge, code, json.FindText("fault") switch
        {
            "transient" => FaultClass.Transient,
            "permanent" => FaultClass.Permanent,
            _ => FaultClass.Unknown,
        }, message);
    }
}
