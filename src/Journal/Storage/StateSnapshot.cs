namespace DklActors.Journal.Storage;

/// <summary>
/// What followed from a stream up to one of its events. A cache: without it the same follows from the events, and one
/// that does not fit them is not used.
/// </summary>
/// <param name="SequenceNumber">The last event that it covers.</param>
/// <param name="Manifest">Form of the state; another form is not understood and not asked for.</param>
/// <param name="State">The state, in that form.</param>
public sealed record StateSnapshot(long SequenceNumber, string Manifest, ReadOnlyMemory<byte> State);
