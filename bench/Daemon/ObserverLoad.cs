using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Client;

namespace DklActors.Daemon;

/// <summary>
/// Experiments of 400 points at 50 points a second, one after the other, while observers watch each from its first
/// event and one asks for status, snapshot, events and maps. A Gaussian process takes time with the square of its
/// points, so that one experiment cannot go on at this pace for ten minutes; the push does not know the difference.
/// </summary>
internal sealed class ObserverLoad(TimeSpan duration, int observers, TimeProvider time)
{
    private const int PointsOfOne = 400;
    private const int DwellMs = 14;

    private readonly Latencies _push = new();
    private readonly Latencies _api = new();
    private long _events;
    private long _gaps;

    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        await using DaemonProcess daemon = await DaemonProcess.StartAsync(time, cancellation);
        HubConnection[] hubs = await Task.WhenAll(
            Enumerable.Range(0, observers).Select(_ => ConnectAsync(daemon, cancellation)));
        long started = time.GetTimestamp();
        int runs = 0;
        int points = 0;
        TimeSpan measuring = default;
        while (time.GetElapsedTime(started) < duration)
        {
            long begun = time.GetTimestamp();
            string id = await daemon.SubmitAsync(LoadRecipe.Of(PointsOfOne, DwellMs, ++runs), cancellation);
            using var asking = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            Task prober = AskAsync(daemon, id, asking.Token);
            long[] heard = await Task.WhenAll(hubs.Select(hub => WatchAsync(hub, id, cancellation)));
            await asking.CancelAsync();
            await prober.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            JsonElement status = await daemon.StatusOfAsync(id, cancellation);
            long sequence = status.GetProperty("sequence").GetInt64();
            points += status.GetProperty("measured").GetInt32();
            measuring += time.GetElapsedTime(begun);
            _gaps += heard.Sum(last => Math.Abs(sequence - last));
            Console.WriteLine(
                $"{time.GetElapsedTime(started).TotalSeconds,6:F0} s  run {runs}: {points / measuring.TotalSeconds:F1} "
                + $"points/s, {_events} events told, {_gaps} missed or twice; push {_push}; API {_api}; "
                + $"{daemon.Memory / 1048576} MiB, {daemon.Handles} handles");
        }

        return _gaps == 0 ? 0 : 1;
    }

    private static async Task<HubConnection> ConnectAsync(DaemonProcess daemon, CancellationToken cancellation)
    {
        HubConnection hub = new HubConnectionBuilder()
            .WithUrl(new Uri(daemon.Address, "api/v1/live"), options =>
                options.AccessTokenProvider = () => Task.FromResult<string?>(daemon.Token))
            .Build();
        await hub.StartAsync(cancellation);
        return hub;
    }

    /// <returns>Number of the last event, counted one by one.</returns>
    private async Task<long> WatchAsync(HubConnection hub, string id, CancellationToken cancellation)
    {
        long last = 0;
        await foreach (JsonElement batch in hub.StreamAsync<JsonElement>("Watch", id, 0L, cancellation))
        {
            DateTimeOffset now = time.GetUtcNow();
            foreach (JsonElement told in batch.GetProperty("events").EnumerateArray())
            {
                Interlocked.Increment(ref _events);
                long sequence = told.GetProperty("sequence").GetInt64();
                Interlocked.Add(ref _gaps, Math.Abs(sequence - last - 1));
                last = sequence;
                _push.Add(now - told.GetProperty("time").GetDateTimeOffset());
            }
        }

        return last;
    }

    private async Task AskAsync(DaemonProcess daemon, string id, CancellationToken cancellation)
    {
        string[] paths =
        [
            $"api/v1/experiments/{id}", $"api/v1/experiments/{id}/events?after=0&limit=200",
            $"api/v1/experiments/{id}/snapshot", $"api/v1/experiments/{id}/maps/prediction", "api/v1/experiments",
            $"api/v1/experiments/{id}/points/1/frame",
        ];
        for (int i = 0; !cancellation.IsCancellationRequested; i++)
        {
            long asked = time.GetTimestamp();
            using HttpResponseMessage response =
                await daemon.Http.GetAsync(paths[i % paths.Length], cancellation);
            await response.Content.ReadAsByteArrayAsync(cancellation);
            _api.Add(time.GetElapsedTime(asked));
            await Task.Delay(TimeSpan.FromMilliseconds(50), time, cancellation);
        }
    }
}
