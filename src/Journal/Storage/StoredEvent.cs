using DklActors.Messages.Events;

namespace DklActors.Journal.Storage;

/// <summary>An event with its place in the journal.</summary>
/// <param name="Ordering">Global sequence, gapless from 1.</param>
/// <param name="Stream">Stream (persistence id) it belongs to.</param>
/// <param name="SequenceNumber">Place in its stream, gapless from 1.</param>
/// <param name="Created">When the writer committed it.</param>
/// <param name="Epoch">Epoch of the writer.</param>
/// <param name="Manifest">Name of the event's type.</param>
/// <param name="SchemaVersion">Schema version it was written with.</param>
/// <param name="Event">The event.</param>
/// <param name="Checksum">SHA-256 over all of the above and the previous event's checksum.</param>
public sealed record StoredEvent(
    long Ordering,
    string Stream,
    long SequenceNumber,
    DateTimeOffset Created,
    int Epoch,
    string Manifest,
    int SchemaVersion,
    JournalEvent Event,
    ContentHash Checksum);
