using System.Text.Json.Nodes;

namespace DklActors.Journal.Export.Bluesky;

/// <summary>One stream of events of the same kind: its descriptor comes before its first event.</summary>
/// <param name="name">Name of the stream.</param>
/// <param name="fields">Its data keys.</param>
/// <param name="timeOf">When what a device says of a subject was committed.</param>
/// <param name="plotted">What is worth looking at: devices and data keys.</param>
internal sealed class BlueskyStream<T>(
    string name,
    IReadOnlyList<BlueskyField<T>> fields,
    Func<T, string, DateTimeOffset> timeOf,
    params (string Device, string Field)[] plotted)
{
    private int _events;

    public string Name => name;

    public int Events => _events;

    /// <summary>Documents for one subject: an event, and before the first one the descriptor.</summary>
    /// <param name="identity">Identifiers of the run.</param>
    /// <param name="subject">What to tell of.</param>
    /// <param name="number">Tells the subject from every other of the stream: a sequence number.</param>
    /// <param name="time">When it was committed.</param>
    /// <param name="configuration">What does not change from event to event, by device.</param>
    public IEnumerable<BlueskyDocument> Tell(
        BlueskyIdentity identity, T subject, long number, DateTimeOffset time, Func<JsonObject>? configuration = null)
    {
        string descriptor = identity.Of($"descriptor {name}");
        if (_events++ == 0)
        {
            yield return new BlueskyDocument("descriptor", new JsonObject
            {
                ["uid"] = descriptor,
                ["run_start"] = identity.Of("start"),
                ["time"] = BlueskyDocument.Seconds(time),
                ["name"] = name,
                ["data_keys"] = Object(fields, static field => field.DataKey()),
                ["object_keys"] = KeysByDevice(fields.Select(static field => (field.Device, field.Name))),
                ["hints"] = Object(
                    KeysByDevice(plotted).ToArray(), static keys => new JsonObject { ["fields"] = keys }),
                ["configuration"] = configuration?.Invoke() ?? [],
            });
        }

        yield return new BlueskyDocument("event", new JsonObject
        {
            ["uid"] = identity.Of($"event {name}", number),
            ["descriptor"] = descriptor,
            ["seq_num"] = _events,
            ["time"] = BlueskyDocument.Seconds(time),
            ["data"] = Object(fields, field => field.ValueOf(subject)),
            ["timestamps"] = Object(fields, field => BlueskyDocument.Seconds(timeOf(subject, field.Device))),
            ["filled"] = new JsonObject(),
        });
    }

    private static JsonObject Object(IEnumerable<BlueskyField<T>> fields, Func<BlueskyField<T>, JsonNode?> value) =>
        new(fields.Select(field => KeyValuePair.Create(field.Name, value(field))));

    private static JsonObject Object(
        IEnumerable<KeyValuePair<string, JsonNode?>> members, Func<JsonNode?, JsonNode?> value) =>
        new(members.Select(member => KeyValuePair.Create(member.Key, value(member.Value?.DeepClone()))));

    private static JsonObject KeysByDevice(IEnumerable<(string Device, string Field)> keys) =>
        new(keys.GroupBy(static key => key.Device, static key => (JsonNode?)JsonValue.Create(key.Field))
            .Select(static device => KeyValuePair.Create(device.Key, (JsonNode?)new JsonArray([.. device]))));
}
