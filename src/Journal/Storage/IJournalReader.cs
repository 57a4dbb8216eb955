using System.Collections.Immutable;

namespace DklActors.Journal.Storage;

/// <summary>Reads a journal, also one that is being written; no epoch begins, and no writer is fenced off.</summary>
public interface IJournalReader
{
    /// <summary>Names of the streams that hold events, in the order of their first event.</summary>
    ImmutableArray<string> Streams { get; }

    /// <summary>Events of one stream after a sequence number, in order, read as they are asked for.</summary>
    /// <exception cref="JournalDamagedException">An event cannot be read.</exception>
    IEnumerable<StoredEvent> Read(string stream, long afterSequence = 0);

    /// <summary>The newest state of that form that was kept of a stream and fits its events, or null.</summary>
    StateSnapshot? LatestSnapshot(string stream, string manifest) => null;

    /// <summary>A stored content, checked against its hash.</summary>
    /// <exception cref="JournalDamagedException">Missing, or its bytes do not match.</exception>
    ReadOnlyMemory<byte> ReadContent(ContentHash hash);

    /// <summary>Recomputes the whole chain: orderings, sequences, checksums, and each content's hash.</summary>
    ChainReport Verify();
}
