using System.Text.Json.Nodes;

namespace DklActors.Journal.Export.Bluesky;

/// <summary>One data key of a stream: what it is, in which unit, from which part of the experiment.</summary>
/// <param name="Name">The key.</param>
/// <param name="Device">Part of the experiment that it comes from.</param>
/// <param name="Type">Its type in JSON: number, integer, string, boolean.</param>
/// <param name="Units">Its unit, or null for none.</param>
/// <param name="Value">Its value; null where it is not known.</param>
internal sealed record BlueskyField<T>(
    string Name, string Device, string Type, string? Units, Func<T, object?> Value)
{
    public JsonObject DataKey()
    {
        var key = new JsonObject
        {
            ["dtype"] = Type,
            ["shape"] = new JsonArray(),
            ["source"] = $"dkl:{Device}",
            ["object_name"] = Device,
        };
        if (Units is not null)
        {
            key["units"] = Units;
        }

        if (NumpyType is { } numpy)
        {
            key["dtype_numpy"] = numpy;
        }

        return key;
    }

    public JsonNode? ValueOf(T subject) => Value(subject) switch
    {
        // JSON has no word for a number that is none.
        null => null,
        double number => double.IsFinite(number) ? JsonValue.Create(number) : null,
        TimeSpan duration => JsonValue.Create(duration.TotalSeconds),
        int number => JsonValue.Create(number),
        bool truth => JsonValue.Create(truth),
        Enum word => JsonValue.Create(ExportWords.Of(word)),
        var text => JsonValue.Create($"{text}"),
    };

    private string? NumpyType => Type switch
    {
        "number" => "<f8",
        "integer" => "<i8",
        "boolean" => "|b1",
        _ => null,
    };
}
