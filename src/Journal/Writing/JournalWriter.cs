using System.Collections.Concurrent;
using System.Collections.Immutable;
using DklActors.Journal.Contents;
using DklActors.Journal.Storage;

namespace DklActors.Journal.Writing;

/// <summary>
/// The one thread that writes a journal, whichever the back end. What has accumulated during a commit goes into the
/// next one together; the contents of a batch are durable before the transaction that names them begins.
/// </summary>
internal sealed class JournalWriter : IDisposable
{
    private const int MostRequestsPerCommit = 1024;

    private readonly BlockingCollection<PendingAppend> _queue;
    private readonly ContentFolder _contents;
    private readonly IBatchCommitter _committer;
    private readonly WriterLimits _limits;
    private readonly TimeProvider _time;
    private readonly Thread _thread;
    private int _disposed;

    // Writer thread only. After a failed commit the journal's end is uncertain, so nothing more is accepted:
    // a safe stop is the answer to a journal that fails, never "go on without a log".
    private JournalException? _broken;

    public JournalWriter(ContentFolder contents, IBatchCommitter committer, WriterLimits limits, TimeProvider time)
    {
        _contents = contents;
        _committer = committer;
        _limits = limits;
        _time = time;
        _queue = new BlockingCollection<PendingAppend>(limits.Queue);
        _thread = new Thread(Run) { Name = "journal writer", IsBackground = true };
        _thread.Start();
    }

    /// <inheritdoc cref="IEventStore.AppendAsync"/>
    public async Task<ImmutableArray<StoredEvent>> AppendAsync(
        AppendRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Events.IsDefaultOrEmpty || string.IsNullOrEmpty(request.Stream))
        {
            throw new ArgumentException("An append needs a stream and at least one event.", nameof(request));
        }

        cancellationToken.ThrowIfCancellationRequested();
        var append = new PendingAppend(request);
        Enqueue(append);
        try
        {
            return await append.Completion.WaitAsync(_limits.Deadline, _time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException exception)
        {
            throw new JournalException(
                $"The journal {_limits.Name} did not answer within {_limits.Deadline.TotalSeconds:G3} s; "
                + "whether the events were recorded is unknown until the run is resumed.",
                exception);
        }
    }

    /// <summary>Commits what was accepted, then ends the thread and closes the back end.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        _queue.CompleteAdding();
        _thread.Join();
        _committer.Dispose();
        _queue.Dispose();
    }

    private void Enqueue(PendingAppend append)
    {
        try
        {
            if (!_queue.TryAdd(append))
            {
                throw new JournalException(
                    $"The journal {_limits.Name} has {_limits.Queue} requests waiting; the disk does not keep up.");
            }
        }
        catch (InvalidOperationException exception)
        {
            throw new JournalException(
                "The journal is closed; nothing of the request was recorded. Open it again to go on.", exception);
        }
    }

    private void Run()
    {
        var batch = new List<PendingAppend>(MostRequestsPerCommit);
        foreach (PendingAppend first in _queue.GetConsumingEnumerable())
        {
            batch.Clear();
            batch.Add(first);
            while (batch.Count < MostRequestsPerCommit && _queue.TryTake(out PendingAppend? next))
            {
                batch.Add(next);
            }

            CommitTogether(batch);
        }
    }

    private void CommitTogether(List<PendingAppend> batch)
    {
        if (_broken is not null)
        {
            batch.ForEach(append => append.Fail(_broken));
            return;
        }

        try
        {
            _contents.Store(batch.SelectMany(append => append.Contents));
            IReadOnlyList<AppendOutcome> outcomes = _committer.Commit(batch);
            foreach ((PendingAppend append, AppendOutcome outcome) in batch.Zip(outcomes))
            {
                Answer(append, outcome);
            }
        }
        catch (Exception exception)
        {
            // Whatever it was, this is the thread's boundary: the waiters must hear of it.
            _broken = exception as JournalException ?? new JournalException(
                $"The journal could not be written: {exception.Message.TrimEnd('.')}. "
                + "Do not take the request as recorded; free space or mend the disk, then resume the run.",
                exception);
            batch.ForEach(append => append.Fail(_broken));
        }
    }

    private static void Answer(PendingAppend append, in AppendOutcome outcome)
    {
        if (outcome.Conflict is { } conflict)
        {
            append.Fail(conflict);
        }
        else
        {
            append.Commit(outcome.Stored);
        }
    }
}
