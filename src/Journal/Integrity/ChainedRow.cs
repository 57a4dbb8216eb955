using DklActors.Journal.Storage;
using DklActors.Messages.Serialization;

namespace DklActors.Journal.Integrity;

/// <summary>An event as it is stored, with the checksum it claims and the one it says it follows.</summary>
internal readonly record struct ChainedRow(
    ChainedFields Fields, byte[] Message, ContentHash Checksum, ContentHash Previous)
{
    /// <exception cref="JournalDamagedException">The event cannot be read.</exception>
    public StoredEvent ToEvent()
    {
        try
        {
            return new StoredEvent(
                Fields.Ordering,
                Fields.Stream,
                Fields.SequenceNumber,
                new DateTimeOffset(Fields.CreatedTicks, TimeSpan.Zero),
                Fields.Epoch,
                Fields.Manifest,
                Fields.SchemaVersion,
                EventJson.Read(Fields.Manifest, Fields.SchemaVersion, Message),
                Checksum);
        }
        catch (Exception exception) when (exception is InvalidDataException or ArgumentOutOfRangeException)
        {
            throw new JournalDamagedException($"Event {Fields.Ordering}: {exception.Message}", exception);
        }
    }
}
