using System.Collections.Immutable;
using DklActors.Journal.Storage;

namespace DklActors.Journal.Writing;

/// <summary>What became of one append of a batch that was committed.</summary>
/// <param name="Stored">Its events as stored; default where it did not fit.</param>
/// <param name="Conflict">Why it did not fit, or null.</param>
internal readonly record struct AppendOutcome(ImmutableArray<StoredEvent> Stored, SequenceConflictException? Conflict);
