using System.Text.Json;
using System.Text.Json.Serialization;
using DklActors.Journal.Storage;
using DklActors.Messages.Serialization;

namespace DklActors.Host.Serving.Contract;

/// <summary>One event of a journal as it is told: written once, however many look on.</summary>
/// <param name="Sequence">Its number in its run.</param>
/// <param name="Kind">Name of its type.</param>
/// <param name="Json">All of it, as UTF-8.</param>
[JsonConverter(typeof(JournalEventConverter))]
internal sealed record JournalEventView(long Sequence, string Kind, ReadOnlyMemory<byte> Json)
{
    public static JournalEventView Of(StoredEvent stored)
    {
        using var text = new MemoryStream(256);
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            json.WriteNumber("sequence", stored.SequenceNumber);
            json.WriteString("time", stored.Created.UtcDateTime);
            json.WriteString("kind", stored.Manifest);
            json.WritePropertyName("event");
            json.WriteRawValue(EventJson.Write(stored.Event), skipInputValidation: true);
            json.WriteEndObject();
        }

        return new JournalEventView(stored.SequenceNumber, stored.Manifest, text.ToArray());
    }
}

/// <summary>Passes on what was written before.</summary>
internal sealed class JournalEventConverter : JsonConverter<JournalEventView>
{
    public override JournalEventView Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new JsonException("Events are told, not taken.");

    public override void Write(Utf8JsonWriter writer, JournalEventView value, JsonSerializerOptions options) =>
        writer.WriteRawValue(value.Json.Span, skipInputValidation: true);
}

/// <summary>Some events, and the number of the last one there is.</summary>
internal sealed record EventPage(IReadOnlyList<JournalEventView> Events, long Last);
