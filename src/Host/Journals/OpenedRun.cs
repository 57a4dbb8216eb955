using System.Collections.Immutable;
using DklActors.Host.Commands;
using DklActors.Host.Running;
using DklActors.Journal.Storage;

namespace DklActors.Host.Journals;

/// <summary>A run whose journal is open to read from; the run may be going on.</summary>
/// <param name="Folder">Folder of the run.</param>
/// <param name="Journal">Its journal.</param>
/// <param name="Stream">The stream of the run.</param>
internal sealed record OpenedRun(string Folder, IJournalReader Journal, string Stream)
{
    /// <exception cref="UsageException">There is no run, or nothing has happened in it yet.</exception>
    /// <exception cref="JournalException">The journal cannot be read.</exception>
    public static OpenedRun Open(string folder)
    {
        IJournalReader journal = RunJournal.OpenForReading(folder);
        return RunJournal.RunIdIn(folder) is { } stream && journal.Read(stream).Any()
            ? new OpenedRun(folder, journal, stream)
            : throw new UsageException($"The journal of {folder} has no event yet; try again once the run has begun.");
    }

    /// <summary>Events after a sequence number.</summary>
    public IEnumerable<StoredEvent> Read(long after = 0) => Journal.Read(Stream, after);

    /// <summary>Number of the last event, found without reading them all: they are numbered without a gap.</summary>
    public long LastSequence()
    {
        // A damaged number can be anything; it must not make this overflow.
        const long Most = long.MaxValue / 2;
        long last = 0, beyond = 1;
        while (beyond < Most && HasAfter(beyond))
        {
            last = beyond;
            beyond *= 2;
        }

        // There is an event after last, unless last is still 0; there is none after beyond.
        while (last < beyond)
        {
            long middle = last + ((beyond - last) / 2);
            if (HasAfter(middle))
            {
                last = middle + 1;
            }
            else
            {
                beyond = middle;
            }
        }

        return last;
    }

    /// <summary>The last of the events that are asked for, in order.</summary>
    /// <param name="count">How many at most.</param>
    /// <param name="after">Only those after this sequence number.</param>
    /// <param name="until">Only those up to this sequence number.</param>
    /// <param name="isWanted">Which.</param>
    /// <exception cref="JournalDamagedException">Events are missing.</exception>
    public ImmutableArray<StoredEvent> Last(int count, long after, long until, Func<StoredEvent, bool> isWanted)
    {
        const int BlockLength = 512;
        var found = ImmutableArray<StoredEvent>.Empty;
        for (long end = until; end > after && found.Length < count; end -= BlockLength)
        {
            long begin = Math.Max(after, end - BlockLength);
            StoredEvent[] block = [.. Read(begin).TakeWhile(stored => stored.SequenceNumber <= end)];
            if (block.Length != end - begin)
            {
                throw new JournalDamagedException(
                    $"Of the events {begin + 1} to {end} of {Stream} there are {block.Length}; verify the journal.");
            }

            found = [.. block.Where(isWanted).TakeLast(count - found.Length), .. found];
        }

        return found;
    }

    private bool HasAfter(long sequence) => Read(sequence).Any();
}
