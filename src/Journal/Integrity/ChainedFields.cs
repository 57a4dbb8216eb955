using DklActors.Journal.Storage;

namespace DklActors.Journal.Integrity;

/// <summary>What of an event is hashed beside its message.</summary>
internal readonly record struct ChainedFields(
    long Ordering,
    string Stream,
    long SequenceNumber,
    long CreatedTicks,
    int Epoch,
    string Manifest,
    int SchemaVersion);

/// <summary>An event as it is stored, with the checksum it claims and the one it says it follows.</summary>
internal readonly record struct ChainedRow(
    ChainedFields Fields, byte[] Message, ContentHash Checksum, ContentHash Previous);
