using System.Collections.Immutable;
using DklActors.Actors.Experiments;
using DklActors.Actors.Snapshots;
using DklActors.Journal.Integrity;
using DklActors.Journal.Storage;
using DklActors.Messages.Events;
using DklActors.Messages.Serialization;
using DklActors.Simulation.Invariants;

namespace DklActors.Simulation.Journals;

/// <summary>What is durable: it outlives all processes. Events lie here in their stored form, chained.</summary>
internal sealed class Disk
{
    private readonly List<Row> _rows = [];
    private readonly Dictionary<ContentHash, ReadOnlyMemory<byte>> _contents = [];
    private readonly List<ExperimentState> _states = [ExperimentState.Empty];

    public int Epoch { get; private set; }

    public int Count => _rows.Count;

    /// <summary>The state that follows from all that is durable.</summary>
    public ExperimentState State => _states[^1];

    /// <summary>Another process opens the journal; the one before it can write no more.</summary>
    public int TakeOver() => ++Epoch;

    public ExperimentState StateAfter(long sequence) => _states[(int)sequence];

    public ReadOnlyMemory<byte> Content(ContentHash hash) => _contents.TryGetValue(hash, out var bytes)
        ? bytes
        : throw new JournalDamagedException($"Content {hash} is missing.");

    public IEnumerable<StoredEvent> Read(string stream, long after) => _rows
        .Where(row => row.Fields.Stream == stream && row.Fields.SequenceNumber > after)
        .Select(row => Stored(row, EventJson.Read(row.Fields.Manifest, row.Fields.SchemaVersion, row.Message)));

    /// <exception cref="JournalException">Another writer has taken over, or the stream ends elsewhere.</exception>
    /// <exception cref="InvalidOperationException">No state follows: the journal could never be taken up again.
    /// </exception>
    public ImmutableArray<StoredEvent> Commit(AppendRequest request, int epoch, DateTimeOffset now)
    {
        if (epoch != Epoch)
        {
            throw new WriterFencedException(epoch, Epoch);
        }

        if (request.ExpectedSequence != _rows.Count)
        {
            throw new SequenceConflictException(request.Stream, request.ExpectedSequence, _rows.Count);
        }

        foreach (Content content in request.Contents)
        {
            _contents[content.Hash] = content.Bytes;
        }

        ImmutableArray<StoredEvent> stored =
            [.. request.Events.Select(journalEvent => Append(request.Stream, journalEvent, epoch, now))];
        if (request.Snapshot is { } snapshot)
        {
            Keep(snapshot);
        }

        return stored;
    }

    /// <summary>What was kept of the state last, or null.</summary>
    public StateSnapshot? Snapshot { get; private set; }

    /// <summary>What is wrong with the chain, or null.</summary>
    public string? FirstFault()
    {
        ContentHash previous = HashChain.Genesis;
        for (int i = 0; i < _rows.Count; i++)
        {
            Row row = _rows[i];
            if (row.Fields.Ordering != i + 1 || row.Fields.SequenceNumber != i + 1)
            {
                return $"Event {i + 1} is numbered {row.Fields.Ordering}, {row.Fields.SequenceNumber}.";
            }

            previous = HashChain.Next(previous, row.Fields, row.Message);
            if (previous != row.Checksum)
            {
                return $"Event {i + 1} does not match its checksum.";
            }
        }

        return null;
    }

    // What a process takes for the state, to the last number, is what follows from the events.
    private void Keep(StateSnapshot snapshot)
    {
        bool fits = snapshot.SequenceNumber == _rows.Count
            && snapshot.State.Span.SequenceEqual(ExperimentSnapshot.Write(State))
            && ExperimentSnapshot.Read(snapshot.State.Span) is { } read
            && StateDigest.Of(read) == StateDigest.Of(State);
        Snapshot = fits
            ? snapshot
            : throw new InvalidOperationException($"The state kept after event {_rows.Count} is not what follows.");
    }

    private StoredEvent Append(string stream, JournalEvent journalEvent, int epoch, DateTimeOffset now)
    {
        // The very state machine of the run says whether the event is legal; two results for one point are not.
        _states.Add(State.Apply(journalEvent));
        byte[] message = EventJson.Write(journalEvent);
        var fields = new ChainedFields(
            _rows.Count + 1,
            stream,
            _rows.Count + 1,
            now.UtcTicks,
            epoch,
            EventCatalog.ManifestOf(journalEvent),
            EventCatalog.SchemaVersionOf(journalEvent));
        ContentHash previous = _rows.Count == 0 ? HashChain.Genesis : _rows[^1].Checksum;
        var row = new Row(fields, message, HashChain.Next(previous, fields, message));
        StoredEvent stored = Stored(row, journalEvent);
        if (NamedContent.Of(stored).Any(content => !_contents.ContainsKey(content.Hash)))
        {
            throw new InvalidOperationException($"{journalEvent.GetType().Name} names a content that is not there.");
        }

        _rows.Add(row);
        return stored;
    }

    private static StoredEvent Stored(Row row, JournalEvent journalEvent) => new(
        row.Fields.Ordering,
        row.Fields.Stream,
        row.Fields.SequenceNumber,
        new DateTimeOffset(row.Fields.CreatedTicks, TimeSpan.Zero),
        row.Fields.Epoch,
        row.Fields.Manifest,
        row.Fields.SchemaVersion,
        journalEvent,
        row.Checksum);

    private sealed record Row(ChainedFields Fields, byte[] Message, ContentHash Checksum);
}
