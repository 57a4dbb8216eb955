using System.Collections.Immutable;
using DklActors.Journal.Export;
using DklActors.Journal.Storage;

namespace DklActors.Host.Journals;

/// <summary>Which events to show.</summary>
/// <param name="Count">The last so many; null for all after <paramref name="After"/>.</param>
/// <param name="After">Only those after this sequence number.</param>
/// <param name="Types">Only those of these types; empty for all.</param>
/// <param name="Follow">Whether to wait for what is still to come.</param>
internal sealed record TailRequest(int? Count, long After, ImmutableHashSet<string> Types, bool Follow);

/// <summary>Shows the last events of a run, and those that come while it goes on.</summary>
internal sealed class JournalTail(OpenedRun run, TailRequest request, Action<StoredEvent> show, TimeProvider time)
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(200);

    /// <summary>Ends when all is shown; when following, with the run's last event.</summary>
    /// <exception cref="OperationCanceledException">The person has seen enough.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        (long shown, StoredEvent? last) = request.Count is { } count ? ShowLast(count) : Show(request.After);
        while (request.Follow && (last is null || RunEnd.Of(last.Event) is null))
        {
            await Task.Delay(Glance, time, cancellationToken).ConfigureAwait(false);
            (shown, StoredEvent? next) = Show(shown);
            last = next ?? last;
        }
    }

    private (long Shown, StoredEvent? Last) ShowLast(int count)
    {
        long end = run.LastSequence();
        foreach (StoredEvent stored in run.Last(count, request.After, end, IsWanted))
        {
            show(stored);
        }

        return (Math.Max(end, request.After), run.Read(end - 1).FirstOrDefault());
    }

    private (long Shown, StoredEvent? Last) Show(long after)
    {
        StoredEvent? last = null;
        foreach (StoredEvent stored in run.Read(after))
        {
            last = stored;
            if (IsWanted(stored))
            {
                show(stored);
            }
        }

        return (last?.SequenceNumber ?? after, last);
    }

    private bool IsWanted(StoredEvent stored) => request.Types.IsEmpty || request.Types.Contains(stored.Manifest);
}
