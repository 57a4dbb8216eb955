using System.Text;
using System.Text.Json;
using DklActors.Journal.Storage;
using DklActors.Messages.Serialization;

namespace DklActors.Host.Journals;

/// <summary>A stored event as one line.</summary>
internal static class EventLine
{
    /// <summary>For people: time, ordering, manifest, point, what matters.</summary>
    public static string ForPeople(StoredEvent stored, TimeZoneInfo zone)
    {
        DateTimeOffset time = TimeZoneInfo.ConvertTime(stored.Created, zone);
        string essentials = EventEssentials.Of(stored.Event).ReplaceLineEndings(" ");
        string point = EventEssentials.PointOf(stored.Event);
        return $"{time:yyyy-MM-dd HH:mm:ss.fff} {stored.Ordering,6}  {stored.Manifest,-24} {point,-6} {essentials}";
    }

    /// <summary>For machines: one JSON object with the event as it is stored.</summary>
    public static string ForMachines(StoredEvent stored)
    {
        using var line = new MemoryStream();
        using (var json = new Utf8JsonWriter(line))
        {
            json.WriteStartObject();
            json.WriteNumber("ordering", stored.Ordering);
            json.WriteString("stream", stored.Stream);
            json.WriteNumber("sequence", stored.SequenceNumber);
            json.WriteString("created", stored.Created);
            json.WriteNumber("epoch", stored.Epoch);
            json.WriteString("manifest", stored.Manifest);
            json.WriteNumber("schemaVersion", EventCatalog.SchemaVersionOf(stored.Event));
            json.WriteString("checksum", stored.Checksum.Hex);
            json.WritePropertyName("event");
            json.WriteRawValue(EventJson.Write(stored.Event));
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(line.GetBuffer().AsSpan(0, (int)line.Length));
    }
}
