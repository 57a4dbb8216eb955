using System.Text.Json;
using DklActors.Daemon.Tests.Daemons;
using Microsoft.AspNetCore.SignalR.Client;

namespace DklActors.Daemon.Tests.Live;

/// <summary>Those who look on miss nothing and hear nothing twice, whatever becomes of their connection.</summary>
public sealed class LiveTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly DaemonFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Snapshot_and_tail_add_up_to_the_journal_for_everybody()
    {
        await using RunningDaemon daemon = await RunningDaemon.StartAsync(_folder);
        using ApiClient anna = await daemon.SeatedAsync();
        string id = await anna.SubmitAsync(Recipes.With(("planner.measurements", "40")));

        Task<List<long>> early = WatchAsync(daemon, id, 0);
        await anna.UntilMeasuredAsync(id, 10);
        long sequence = (await anna.GetAsync($"experiments/{id}/snapshot")).Json.GetProperty("sequence").GetInt64();
        Task<List<long>> late = WatchAsync(daemon, id, sequence);
        Task<List<long>> dropped = WatchWithLossAsync(daemon, id);
        await anna.UntilEndedAsync(id);

        int events = (await anna.EventsAsync(id)).Count;
        long[] all = [.. Enumerable.Range(1, events).Select(static number => (long)number)];
        (await early).Should().Equal(all);
        (await late).Should().Equal(all[(int)sequence..]);
        (await dropped).Should().Equal(all);
    }

    [Fact]
    public async Task Who_comes_when_it_is_over_hears_all_of_it()
    {
        await using RunningDaemon daemon = await RunningDaemon.StartAsync(_folder);
        using ApiClient anna = await daemon.SeatedAsync();
        string id = await anna.SubmitAsync(Recipes.Short);
        await anna.UntilEndedAsync(id);

        List<long> heard = await WatchAsync(daemon, id, 0);

        heard.Should().HaveCount((await anna.EventsAsync(id)).Count);
    }

    [Fact]
    public async Task The_daemon_tells_of_every_change()
    {
        await using RunningDaemon daemon = await RunningDaemon.StartAsync(_folder);
        using ApiClient anna = await daemon.SeatedAsync();
        await using HubConnection hub = await ConnectAsync(daemon);
        using var patience = new CancellationTokenSource(Patience);
        string? id = null;
        HashSet<string> phases = [];
        await foreach (JsonElement status in hub.StreamAsync<JsonElement>("WatchDaemon", patience.Token))
        {
            status.GetProperty("seat").GetProperty("name").GetString().Should().Be("Anna");
            id ??= await anna.SubmitAsync(Recipes.Short);
            foreach (JsonElement entry in status.GetProperty("experiments").EnumerateArray())
            {
                phases.Add(entry.GetProperty("phase").GetString()!);
            }

            if (phases.Contains("ended"))
            {
                break;
            }
        }

        phases.Should().Contain("ended");
    }

    [Fact]
    public async Task An_unknown_experiment_is_refused_with_a_word()
    {
        await using RunningDaemon daemon = await RunningDaemon.StartAsync(_folder);

        await FluentActions.Awaiting(() => WatchAsync(daemon, "nowhere", 0))
            .Should().ThrowAsync<Microsoft.AspNetCore.SignalR.HubException>().WithMessage("*nowhere*");
    }

    private static async Task<HubConnection> ConnectAsync(RunningDaemon daemon)
    {
        HubConnection hub = new HubConnectionBuilder()
            .WithUrl(
                new Uri(daemon.Address, "/api/v1/live"),
                options => options.AccessTokenProvider = () => Task.FromResult<string?>(daemon.ObserverToken))
            .Build();
        await hub.StartAsync();
        return hub;
    }

    private static async Task<List<long>> WatchAsync(RunningDaemon daemon, string id, long after)
    {
        await using HubConnection hub = await ConnectAsync(daemon);
        using var patience = new CancellationTokenSource(Patience);
        List<long> heard = [];
        await foreach (JsonElement batch in hub.StreamAsync<JsonElement>("Watch", id, after, patience.Token))
        {
            heard.AddRange(SequencesIn(batch));
        }

        return heard;
    }

    /// <summary>Loses the connection after every third batch, and comes back with the last number it heard.</summary>
    private static async Task<List<long>> WatchWithLossAsync(RunningDaemon daemon, string id)
    {
        List<long> heard = [];
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            await using HubConnection hub = await ConnectAsync(daemon);
            int batches = 0;
            bool isOver = true;
            await foreach (JsonElement batch in
                hub.StreamAsync<JsonElement>("Watch", id, heard.LastOrDefault(), patience.Token))
            {
                heard.AddRange(SequencesIn(batch));
                if (++batches == 3)
                {
                    isOver = false;
                    break;
                }
            }

            if (isOver)
            {
                return heard;
            }
        }
    }

    private static IEnumerable<long> SequencesIn(JsonElement batch) => batch.GetProperty("events").EnumerateArray()
        .Select(static told => told.GetProperty("sequence").GetInt64());
}
