using System.Collections.Immutable;
using DklActors.Journal.Storage;
using DklActors.Messages.Events;

namespace DklActors.Durability.Appending;

/// <summary>Appends of one event each, for a while, at most so many on the way at a time.</summary>
internal sealed class JournalRound(IEventStore store, string stream) : IDisposable
{
    private readonly IEnumerator<JournalEvent> _events = MeasuredRun.Events().GetEnumerator();
    private long _sequence;

    /// <returns>Appends a second, and the time of each in milliseconds.</returns>
    public async Task<(double Rate, List<double> Milliseconds)> RunAsync(TimeSpan length, int inFlight)
    {
        TimeProvider time = TimeProvider.System;
        var milliseconds = new List<double>();
        var onTheWay = new Queue<(Task Append, long Asked)>();
        long started = time.GetTimestamp();
        while (time.GetElapsedTime(started) < length)
        {
            onTheWay.Enqueue((Append(), time.GetTimestamp()));
            if (onTheWay.Count == inFlight)
            {
                await NextAsync();
            }
        }

        while (onTheWay.Count > 0)
        {
            await NextAsync();
        }

        return (milliseconds.Count / time.GetElapsedTime(started).TotalSeconds, milliseconds);

        async Task NextAsync()
        {
            (Task append, long asked) = onTheWay.Dequeue();
            await append;
            milliseconds.Add(time.GetElapsedTime(asked).TotalMilliseconds);
        }
    }

    /// <summary>Appends so many events in requests of a few hundred.</summary>
    public async Task FillAsync(int events)
    {
        var onTheWay = new Queue<Task>();
        for (int left = events; left > 0;)
        {
            int count = Math.Min(left, 256);
            left -= count;
            onTheWay.Enqueue(Append(count));
            if (onTheWay.Count == 8)
            {
                await onTheWay.Dequeue();
            }
        }

        await Task.WhenAll(onTheWay);
    }

    public void Dispose() => _events.Dispose();

    private Task<ImmutableArray<StoredEvent>> Append(int count = 1)
    {
        var events = ImmutableArray.CreateBuilder<JournalEvent>(count);
        for (int i = 0; i < count; i++)
        {
            _events.MoveNext();
            events.Add(_events.Current);
        }

        long expected = _sequence;
        _sequence += count;
        return store.AppendAsync(
            new AppendRequest(stream, expected, events.MoveToImmutable(), []), CancellationToken.None);
    }
}
