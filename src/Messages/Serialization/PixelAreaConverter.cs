using System.Text.Json;
using System.Text.Json.Serialization;
using DklActors.Messages.Geometry;

namespace DklActors.Messages.Serialization;

/// <summary>An area as two half-open ranges.</summary>
public sealed class PixelAreaConverter : JsonConverter<PixelArea>
{
    public override PixelArea Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        Ranges ranges = JsonSerializer.Deserialize<Ranges>(ref reader, options)
            ?? throw new JsonException("An area is missing.");
        return ranges is { Rows: [int firstRow, int endRow], Columns: [int firstColumn, int endColumn] }
            ? new PixelArea(firstRow, endRow, firstColumn, endColumn)
            : throw new JsonException("An area has two rows and two columns: the first, and where it ends.");
    }

    public override void Write(Utf8JsonWriter writer, PixelArea value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(
            writer,
            new Ranges([value.FirstRow, value.EndRow], [value.FirstColumn, value.EndColumn]),
            options);

    private sealed record Ranges(int[] Rows, int[] Columns);
}
