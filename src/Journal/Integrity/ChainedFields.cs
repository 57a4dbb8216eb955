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
