namespace DklActors.Messages.Events;

/// <summary>The name and schema version under which an event type is stored.</summary>
/// <remarks>A change that older readers would misread raises the version; the name never changes.</remarks>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class JournalEventAttribute(string manifest, int schemaVersion) : Attribute
{
    public string Manifest { get; } = manifest;

    public int SchemaVersion { get; } = schemaVersion;
}
