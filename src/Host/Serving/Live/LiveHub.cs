using System.Runtime.CompilerServices;
using DklActors.Host.Serving.Access;
using DklActors.Host.Serving.Api;
using DklActors.Host.Serving.Contract;
using DklActors.Host.Serving.Experiments;
using DklActors.Host.Serving.Looking;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;

namespace DklActors.Host.Serving.Live;

/// <summary>
/// Pushes what happens. Each who looks on has a place of their own in the sequence of events, so that nothing is missed
/// and nothing comes twice, however slow they are; and one who is slow holds up nobody.
/// </summary>
[Authorize(Roles = nameof(Role.Observer))]
internal sealed class LiveHub(
    ExperimentRegistry experiments, RunLibrary library, DaemonState daemon, TimeProvider time) : Hub
{
    private const int MostEvents = 1000;

    // Ten a second, for that is what a page draws.
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    /// <summary>A run from an event on: batches until it has ended and everything was sent.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="after">Number of the last event that is known.</param>
    /// <param name="cancellation">Ends the stream.</param>
    /// <exception cref="HubException">There is no such experiment.</exception>
    public IAsyncEnumerable<LiveBatch> Watch(string id, long after, CancellationToken cancellation)
    {
        try
        {
            return WatchAsync(experiments.Get(id), Math.Max(0, after), cancellation);
        }
        catch (ApiException exception)
        {
            throw new HubException(exception.Message);
        }
    }

    /// <summary>The daemon as a whole, on every change.</summary>
    public async IAsyncEnumerable<DaemonStatus> WatchDaemon([EnumeratorCancellation] CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            Task changed = daemon.Changes.Next;
            yield return daemon.Now();
            await RestAsync(changed, cancellation).ConfigureAwait(false);
        }
    }

    private async IAsyncEnumerable<LiveBatch> WatchAsync(
        ExperimentEntry entry, long after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            // Both before the events are read: what happens after that is told of in the next round.
            Task changed = entry.Changes.Next;
            bool isOver = entry.Summary.Phase == Phase.Ended;
            IReadOnlyList<JournalEventView> events = RunLibrary.EventsAfter(entry, after, MostEvents);
            after = events.Count > 0 ? events[^1].Sequence : after;
            yield return new LiveBatch(events, library.StatusOf(entry), time.GetUtcNow());
            if (events.Count == MostEvents)
            {
                continue;
            }

            if (isOver)
            {
                yield break;
            }

            await RestAsync(changed, cancellation).ConfigureAwait(false);
        }
    }

    private async Task RestAsync(Task changed, CancellationToken cancellation)
    {
        await Task.Delay(Shortest, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        using var rest = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await Task.WhenAny(changed, Task.Delay(Longest - Shortest, time, rest.Token)).ConfigureAwait(false);
        await rest.CancelAsync().ConfigureAwait(false);
    }
}
