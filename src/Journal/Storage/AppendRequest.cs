using System.Collections.Immutable;
using DklActors.Messages.Events;

namespace DklActors.Journal.Storage;

/// <summary>Events to append to one stream, and the contents they name, in one transaction.</summary>
/// <param name="Stream">Stream (persistence id).</param>
/// <param name="ExpectedSequence">Sequence number of the stream's last event, 0 for an empty one.</param>
/// <param name="Events">At least one event.</param>
/// <param name="Contents">Contents that the events refer to; those already stored are not stored again.</param>
public sealed record AppendRequest(
    string Stream, long ExpectedSequence, ImmutableArray<JournalEvent> Events, ImmutableArray<Content> Contents)
{
    /// <summary>What follows from the stream with these events, to be kept as a cache; or null.</summary>
    public StateSnapshot? Snapshot { get; init; }
}
