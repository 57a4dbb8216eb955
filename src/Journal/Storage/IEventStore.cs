using System.Collections.Immutable;

namespace DklActors.Journal.Storage;

/// <summary>An append-only, hash-chained store of events and the contents they name.</summary>
public interface IEventStore : IJournalReader, IAsyncDisposable
{
    /// <summary>Epoch of this writer; a later writer's epoch fences this one off.</summary>
    int Epoch { get; }

    /// <summary>
    /// Appends all events and contents of the request, or none. The task completes only after the commit is
    /// durable; concurrent requests share one commit.
    /// </summary>
    /// <returns>The events as stored, in order.</returns>
    /// <exception cref="SequenceConflictException">The stream does not end where expected.</exception>
    /// <exception cref="WriterFencedException">Another writer has taken over.</exception>
    /// <exception cref="JournalException">Disk full, deadline passed, queue full: nothing may be assumed.</exception>
    Task<ImmutableArray<StoredEvent>> AppendAsync(AppendRequest request, CancellationToken cancellationToken);
}
