using System.Collections.Immutable;
using DklActors.Journal.Storage;
using DklActors.Simulation.Faults;
using DklActors.Simulation.Worlds;

namespace DklActors.Simulation.Journals;

/// <summary>
/// One process's way to the disk: requests are committed one after the other by one writer, later, and the news of a
/// commit takes its own time, so that it may be overtaken, and lost with the process.
/// </summary>
internal sealed class SimulatedStore : IEventStore
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly Disk _disk;
    private readonly FaultPlan _faults;
    private readonly TimeProvider _time;
    private readonly Action<Exception> _break;
    private Task _writer = Task.CompletedTask;
    private bool _isFull;

    public SimulatedStore(Disk disk, FaultPlan faults, TimeProvider time, Action<Exception> breakWorld)
    {
        _disk = disk;
        _faults = faults;
        _time = time;
        _break = breakWorld;
        Epoch = disk.TakeOver();
    }

    public int Epoch { get; }

    public ImmutableArray<string> Streams => _disk.Count == 0 ? [] : [_disk.State.Started!.RunId];

    /// <summary>Whether anything failed here: then a run may end without having journaled it.</summary>
    public bool Failed { get; private set; }

    /// <summary>Whether the process is gone: what it asked for may still come to the disk, but no news.</summary>
    public bool IsDeserted { get; set; }

    public Task<ImmutableArray<StoredEvent>> AppendAsync(AppendRequest request, CancellationToken cancellationToken)
    {
        Task before = _writer;
        Task<ImmutableArray<StoredEvent>> written = WriteAsync(before, request);
        _writer = written;
        return AnswerAsync(written);
    }

    public IEnumerable<StoredEvent> Read(string stream, long afterSequence = 0)
    {
        if (_faults.Happens(FaultKind.JournalReadFails))
        {
            Failed = true;
            throw new JournalException(FaultPlan.Injected(FaultKind.JournalReadFails));
        }

        return _disk.Read(stream, afterSequence);
    }

    public StateSnapshot? LatestSnapshot(string stream, string manifest) =>
        _disk.Snapshot?.Manifest == manifest ? _disk.Snapshot : null;

    public ReadOnlyMemory<byte> ReadContent(ContentHash hash)
    {
        if (_faults.Happens(FaultKind.JournalReadFails))
        {
            Failed = true;
            throw new JournalException(FaultPlan.Injected(FaultKind.JournalReadFails));
        }

        return _disk.Content(hash);
    }

    public ChainReport Verify() => new(_disk.Count, 0, _disk.FirstFault());

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<ImmutableArray<StoredEvent>> WriteAsync(Task before, AppendRequest request)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_faults.Choice.Chance(0.7))
        {
            TimeSpan took = _faults.Happens(FaultKind.JournalIsSlow)
                ? _faults.Choice.Between(TimeSpan.FromMilliseconds(20), TimeSpan.FromSeconds(20))
                : _faults.Choice.Between(TimeSpan.Zero, TimeSpan.FromMilliseconds(3));
            await _time.For(took).ConfigureAwait(false);
        }

        if (_isFull || (_isFull = _faults.Happens(FaultKind.DiskIsFull)))
        {
            _isFull = !_faults.Choice.Chance(0.2);
            throw Fault(FaultKind.DiskIsFull);
        }

        if (_faults.Happens(FaultKind.JournalFailsBefore))
        {
            throw Fault(FaultKind.JournalFailsBefore);
        }

        ImmutableArray<StoredEvent> stored = Commit(request);
        if (_faults.Happens(FaultKind.JournalFailsAfter))
        {
            throw Fault(FaultKind.JournalFailsAfter);
        }

        return stored;
    }

    private ImmutableArray<StoredEvent> Commit(AppendRequest request)
    {
        try
        {
            return _disk.Commit(request, Epoch, _time.GetUtcNow());
        }
        catch (SequenceConflictException) when (Failed)
        {
            // What came after a failed request finds another end of the stream, as it should.
            throw;
        }
        catch (WriterFencedException) when (IsDeserted)
        {
            throw;
        }
        catch (Exception exception)
        {
            _break(exception);
            throw;
        }
    }

    private async Task<ImmutableArray<StoredEvent>> AnswerAsync(Task<ImmutableArray<StoredEvent>> written)
    {
        try
        {
            ImmutableArray<StoredEvent> stored = await written.WaitAsync(Deadline, _time).ConfigureAwait(false);
            if (_faults.Happens(FaultKind.JournalStalls))
            {
                await _time.For(Deadline).ConfigureAwait(false);
                throw Fault(FaultKind.JournalStalls);
            }

            if (_faults.Choice.Chance(0.3))
            {
                await _time.For(_faults.Choice.Between(TimeSpan.Zero, TimeSpan.FromMilliseconds(2)))
                    .ConfigureAwait(false);
            }

            return stored;
        }
        catch (TimeoutException)
        {
            throw Fault(FaultKind.JournalIsSlow);
        }
    }

    private JournalException Fault(FaultKind kind)
    {
        Failed = true;
        return new JournalException(FaultPlan.Injected(kind));
    }
}
