using System.Collections.Concurrent;
using System.Collections.Immutable;
using DklActors.Journal.Storage;
using Microsoft.Data.Sqlite;

namespace DklActors.Journal.Sqlite;

/// <summary>
/// The one thread and the one read-write connection of a journal. SQLite's async methods run synchronously, so the
/// waiting happens here; what has accumulated during a commit goes into the next one together.
/// </summary>
internal sealed class SqliteWriter : IDisposable
{
    private const int MostRequestsPerCommit = 256;

    private readonly BlockingCollection<PendingAppend> _queue;
    private readonly SqliteConnection _connection;
    private readonly SqliteInserter _inserter;
    private readonly Thread _thread;
    private int _disposed;

    // Writer thread only. After a failed commit the journal's end is uncertain, so nothing more is accepted:
    // a safe stop is the answer to a journal that fails, never "go on without a log".
    private JournalException? _broken;

    public SqliteWriter(SqliteConnection connection, SqliteInserter inserter, int queueLimit)
    {
        _connection = connection;
        _inserter = inserter;
        _queue = new BlockingCollection<PendingAppend>(queueLimit);
        _thread = new Thread(Run) { Name = "journal writer", IsBackground = true };
        _thread.Start();
    }

    /// <summary>False when the queue is full.</summary>
    /// <exception cref="JournalException">The journal is closed.</exception>
    public bool TryEnqueue(PendingAppend append)
    {
        try
        {
            return _queue.TryAdd(append);
        }
        catch (InvalidOperationException exception)
        {
            throw new JournalException(
                "The journal is closed; nothing of the request was recorded. Open it again to go on.", exception);
        }
    }

    /// <summary>Commits what was accepted, then ends the thread and closes the connection.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        _queue.CompleteAdding();
        _thread.Join();
        _inserter.Dispose();
        _connection.Dispose();
        _queue.Dispose();
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

        var stored = new List<(PendingAppend Append, ImmutableArray<StoredEvent> Events)>(batch.Count);
        try
        {
            using (SqliteTransaction transaction = _connection.BeginTransaction(deferred: false))
            {
                _inserter.Begin(transaction);
                foreach (PendingAppend append in batch)
                {
                    if (_inserter.ConflictOf(append.Request) is { } conflict)
                    {
                        append.Fail(conflict);
                        continue;
                    }

                    stored.Add((append, _inserter.Insert(append)));
                }

                transaction.Commit();
            }

            foreach ((PendingAppend append, ImmutableArray<StoredEvent> events) in stored)
            {
                append.Commit(events);
            }
        }
        catch (Exception exception)
        {
            // Whatever it was, this is the thread's boundary: the waiters must hear of it.
            _broken = exception as JournalException ?? new JournalException(
                $"The journal could not be written: {exception.Message}. Do not take the request as recorded; "
                + "free space or mend the disk, then resume the run.",
                exception);
            batch.ForEach(append => append.Fail(_broken));
        }
    }
}
