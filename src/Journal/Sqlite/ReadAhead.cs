using System.Runtime.ExceptionServices;
using DklActors.Journal.Integrity;
using DklActors.Journal.Storage;

namespace DklActors.Journal.Sqlite;

/// <summary>
/// Rows of a long stream become events on another core while the reader reads on and its asker works on those before.
/// Two short blocks at most are held; a short stream is read without any of this.
/// </summary>
internal static class ReadAhead
{
    private const int Direct = 1024;
    private const int BlockLength = 512;

    /// <exception cref="JournalDamagedException">An event cannot be read; those before it were given.</exception>
    public static IEnumerable<StoredEvent> Decode(IEnumerable<ChainedRow> rows)
    {
        using IEnumerator<ChainedRow> row = rows.GetEnumerator();
        for (int i = 0; i < Direct; i++)
        {
            if (!row.MoveNext())
            {
                yield break;
            }

            yield return row.Current.ToEvent();
        }

        Block? block = Block.Read(row);
        while (block is not null)
        {
            Block? following = Block.Read(row, after: block);
            foreach (StoredEvent stored in block.Take())
            {
                yield return stored;
            }

            block = following;
        }
    }

    /// <summary>Some rows on their way to being events.</summary>
    private sealed class Block
    {
        private readonly List<StoredEvent> _events = new(BlockLength);
        private readonly object _gate = new();
        private readonly JournalException? _readFault;
        private ExceptionDispatchInfo? _fault;

        // Under _gate.
        private bool _isDecoded;

        private Block(List<ChainedRow> rows, JournalException? readFault)
        {
            _readFault = readFault;
            ThreadPool.QueueUserWorkItem(_ => Decode(rows));
        }

        /// <summary>The next rows, or null where there are none, or the rows before could not be read.</summary>
        public static Block? Read(IEnumerator<ChainedRow> row, Block? after = null)
        {
            if (after?._readFault is not null)
            {
                return null;
            }

            var read = new List<ChainedRow>(BlockLength);
            try
            {
                while (read.Count < BlockLength && row.MoveNext())
                {
                    read.Add(row.Current);
                }
            }
            catch (JournalException exception)
            {
                return new Block(read, exception);
            }

            return read.Count == 0 ? null : new Block(read, null);
        }

        /// <summary>The events, as far as they could be read. The other core has nothing to wait for itself.</summary>
        public IEnumerable<StoredEvent> Take()
        {
            lock (_gate)
            {
                while (!_isDecoded)
                {
                    Monitor.Wait(_gate);
                }
            }

            foreach (StoredEvent stored in _events)
            {
                yield return stored;
            }

            _fault?.Throw();
            if (_readFault is not null)
            {
                throw _readFault;
            }
        }

        private void Decode(List<ChainedRow> rows)
        {
            try
            {
                foreach (ChainedRow row in rows)
                {
                    _events.Add(row.ToEvent());
                }
            }
            catch (Exception exception)
            {
                // Whatever it was, it belongs to who asked for the events.
                _fault = ExceptionDispatchInfo.Capture(exception);
            }

            lock (_gate)
            {
                _isDecoded = true;
                Monitor.Pulse(_gate);
            }
        }
    }
}
