using DklActors.Messages.Events;
using DklActors.Messages.Serialization;

namespace DklActors.Journal.Writing;

/// <summary>An event and its stored form.</summary>
internal readonly record struct EncodedEvent(JournalEvent Event, string Manifest, int SchemaVersion, byte[] Message)
{
    public static EncodedEvent Of(JournalEvent journalEvent) => new(
        journalEvent,
        EventCatalog.ManifestOf(journalEvent),
        EventCatalog.SchemaVersionOf(journalEvent),
        EventJson.Write(journalEvent));
}
