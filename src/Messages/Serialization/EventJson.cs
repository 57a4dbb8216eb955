using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using DklActors.Messages.Events;

namespace DklActors.Messages.Serialization;

/// <summary>The versioned JSON contract of journal events: UTF-8, camelCase, enums as text, durations as "c".</summary>
public static class EventJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        IgnoreReadOnlyProperties = true,
        Converters =
        {
            new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false),
            new PointIdConverter(),
            new PixelAreaConverter(),
        },
    };

    /// <summary>How events are written; also for what is kept of them elsewhere. Cannot be changed.</summary>
    public static JsonSerializerOptions Contract
    {
        get
        {
            Options.MakeReadOnly(populateMissingResolver: true);
            return Options;
        }
    }

    private static readonly JsonDocumentOptions OlderOptions = new() { AllowDuplicateProperties = false };

    public static byte[] Write(JournalEvent journalEvent)
    {
        ArgumentNullException.ThrowIfNull(journalEvent);
        return JsonSerializer.SerializeToUtf8Bytes(journalEvent, journalEvent.GetType(), Options);
    }

    /// <exception cref="InvalidDataException">Unknown manifest, a newer schema version, or damaged content.</exception>
    public static JournalEvent Read(string manifest, int schemaVersion, ReadOnlySpan<byte> message)
    {
        if (!EventCatalog.TryGet(manifest, out Type type, out int known))
        {
            throw new InvalidDataException(
                $"The journal holds an event '{manifest}' that this version does not know; "
                + "use the version that wrote it.");
        }

        if (schemaVersion > known || schemaVersion < 1)
        {
            throw new InvalidDataException(
                $"Event '{manifest}' has schema version {schemaVersion}; this version reads versions up to {known}. "
                + "Use the version that wrote it.");
        }

        try
        {
            JournalEvent? read = schemaVersion == known
                ? (JournalEvent?)JsonSerializer.Deserialize(message, type, Options)
                : ReadOlder(manifest, schemaVersion, message, type, known);
            return read ?? throw new InvalidDataException($"Event '{manifest}' is empty.");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException)
        {
            throw new InvalidDataException($"Event '{manifest}' cannot be read: {exception.Message}", exception);
        }
    }

    private static JournalEvent? ReadOlder(
        string manifest, int schemaVersion, ReadOnlySpan<byte> message, Type type, int known)
    {
        if (JsonNode.Parse(message, documentOptions: OlderOptions) is not JsonObject older)
        {
            return null;
        }

        return EventUpcasters.TryRaise(manifest, schemaVersion, known, older)
            ? (JournalEvent?)older.Deserialize(type, Options)
            : throw new InvalidDataException(
                $"Event '{manifest}' has schema version {schemaVersion}; this version cannot bring it up to {known}. "
                + "Use the version that wrote it.");
    }
}
