using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Reflection;
using DklActors.Messages.Events;

namespace DklActors.Messages.Serialization;

/// <summary>Every stored event type under its manifest, found by its <see cref="JournalEventAttribute"/>.</summary>
public static class EventCatalog
{
    private static readonly FrozenDictionary<string, (Type Type, int SchemaVersion)> ByManifest =
        typeof(JournalEvent).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(JournalEvent)))
            .Select(type => (Type: type, Stored: type.GetCustomAttribute<JournalEventAttribute>()
                ?? throw new InvalidOperationException($"{type.Name} has no [JournalEvent] name.")))
            .ToFrozenDictionary(entry => entry.Stored.Manifest, entry => (entry.Type, entry.Stored.SchemaVersion));

    private static readonly FrozenDictionary<Type, (string Manifest, int SchemaVersion)> ByType =
        ByManifest.ToFrozenDictionary(entry => entry.Value.Type, entry => (entry.Key, entry.Value.SchemaVersion));

    public static ImmutableArray<string> Manifests => ByManifest.Keys;

    public static string ManifestOf(JournalEvent journalEvent) => ByType[journalEvent.GetType()].Manifest;

    public static int SchemaVersionOf(JournalEvent journalEvent) => ByType[journalEvent.GetType()].SchemaVersion;

    /// <summary>The type stored under a manifest and the schema version this software writes.</summary>
    public static bool TryGet(string manifest, out Type type, out int schemaVersion)
    {
        bool found = ByManifest.TryGetValue(manifest, out (Type Type, int SchemaVersion) entry);
        (type, schemaVersion) = entry;
        return found;
    }
}
