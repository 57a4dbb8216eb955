using System.Text.Json;
using DklActors.Daemon.Tests.Daemons;

namespace DklActors.Daemon.Tests.Campaigns;

/// <summary>What a person ends is ended with all that was to follow it, and goes on when a person says so.</summary>
public sealed class CampaignControlTests : IDisposable
{
    // As long as a test may look at it.
    private const string Slow = "planner:\n  measurements: 900";

    private readonly DaemonFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_region_that_a_person_stops_ends_the_campaign_there_and_it_goes_on_there()
    {
        await using RunningDaemon daemon = await RunningDaemon.StartAsync(_folder);
        using ApiClient anna = await daemon.SeatedAsync();
        string id = await anna.SubmitCampaignAsync(Recipes.Campaign, Recipes.With(("exposure.dwell", "200 ms")));
        await anna.UntilMeasuredAsync($"{id}-middle", 2);

        Answer stopped = await anna.PostAsync($"experiments/{id}-middle/stop", new { reason = "Coffee." });
        stopped.Status.Should().Be(200, stopped.Text);
        JsonElement ended = await anna.UntilComparedAsync(id);

        StatesOf(ended).Should().Equal("completed", "stopped", "new");
        ended.GetProperty("state").GetString().Should().Be("stopped");
        ended.GetProperty("reason").GetString().Should().Contain("Coffee.");
        (await anna.GetAsync($"campaigns/{id}/comparison")).Text.Should().Contain("middle (");
        Answer early = await anna.PostAsync($"experiments/{id}-right/continue", new { });
        early.Status.Should().Be(409);
        early.Text.Should().Contain("middle");
        int first = (await anna.EventsAsync($"{id}-left")).Count;
        int measured = (await anna.GetAsync($"experiments/{id}-middle")).Json.GetProperty("measured").GetInt32();

        (await anna.PostAsync($"experiments/{id}-middle/continue", new { })).Status.Should().Be(200);
        await anna.UntilMeasuredAsync($"{id}-middle", measured + 1);
        (await anna.GetAsync($"campaigns/{id}/summary")).Status.Should().Be(404, "what is compared goes on");
        ended = await anna.UntilComparedAsync(id);
        StatesOf(ended).Should().Equal("completed", "completed", "completed");
        (await anna.EventsAsync($"{id}-left")).Should().HaveCount(first);
        (await anna.EventsAsync($"{id}-middle"))
            .Where(static told => told.GetProperty("kind").GetString() == "frame-recorded")
            .Select(static told => told.GetProperty("event").GetProperty("point").GetInt32())
            .Should().OnlyHaveUniqueItems().And.HaveCount(10);
        (await anna.PostAsync($"campaigns/{id}/continue", new { })).Status.Should().Be(409);
    }

    [Fact]
    public async Task A_command_to_a_campaign_reaches_the_region_under_way_with_who_and_why()
    {
        await using RunningDaemon daemon = await RunningDaemon.StartAsync(_folder);
        using ApiClient anna = await daemon.SeatedAsync();
        string id = await anna.SubmitCampaignAsync(Recipes.InRegions(("left", Slow), ("right", "")));
        await anna.UntilMeasuredAsync($"{id}-left", 2);
        using ApiClient bert = daemon.Client("Bert");

        await Does(bert, "pause", new { mode = "hard", reason = "Look." });
        await anna.UntilAsync($"{id}-left", static status => status.GetProperty("state").GetString() == "paused");
        (await bert.PostAsync($"campaigns/{id}/resume", new { })).Status.Should().Be(409, "Anna has the seat");
        await Does(anna, "resume", new { reason = "Fine." });
        await Does(bert, "abort", new { reason = "Smoke." });

        JsonElement ended = await anna.UntilCampaignAsync(
            id, static campaign => campaign.GetProperty("phase").GetString() == "ended");
        StatesOf(ended).Should().Equal("aborted", "new");
        IReadOnlyList<JsonElement> events = await anna.EventsAsync($"{id}-left");
        Told(events, "run-paused").Should().Be(("Bert", "Look."));
        Told(events, "run-resumed").Should().Be(("Anna", "Fine."));
        Told(events, "experiment-aborted").Should().Be(("Bert", "Smoke."));
        (await anna.GetAsync($"experiments/{id}-right")).Json.GetProperty("phase").GetString().Should().Be("ended");
        (await bert.PostAsync($"campaigns/{id}/halt", new { })).Status.Should().Be(409);
        (await bert.PostAsync("campaigns/nowhere/halt", new { })).Status.Should().Be(404);

        async Task Does(ApiClient who, string command, object body)
        {
            Answer answer = await who.PostAsync($"campaigns/{id}/{command}", body);
            answer.Status.Should().Be(200, $"{command}: {answer.Text}");
            answer.Json.GetProperty("sequence").GetInt64().Should().BePositive();
        }

        static (string? By, string? Reason) Told(IReadOnlyList<JsonElement> events, string kind)
        {
            JsonElement told = events.Single(each => each.GetProperty("kind").GetString() == kind)
                .GetProperty("event");
            return (told.GetProperty("by").GetString(), told.GetProperty("reason").GetString());
        }
    }

    [Fact]
    public async Task A_command_that_comes_between_two_regions_reaches_the_next_one_or_ends_it_all()
    {
        await using RunningDaemon daemon = await RunningDaemon.StartAsync(_folder);
        using ApiClient anna = await daemon.SeatedAsync();
        string id = await anna.SubmitCampaignAsync(Recipes.InRegions(("left", ""), ("right", Slow)));
        // As late as it can be told of: the last point is measured, the run is not put away.
        await anna.UntilMeasuredAsync($"{id}-left", 10);

        Answer paused = await anna.PostAsync($"campaigns/{id}/pause", new { reason = "Wait." });
        paused.Status.Should().Be(200, paused.Text);
        await anna.UntilCampaignAsync(id, static campaign =>
            campaign.GetProperty("regions")[0].GetProperty("state").GetString() == "paused"
            || campaign.GetProperty("regions")[1].GetProperty("state").GetString() == "paused");
        (await anna.PostAsync($"campaigns/{id}/stop", new { })).Status.Should().Be(200);
        JsonElement ended = await anna.UntilCampaignAsync(
            id, static campaign => campaign.GetProperty("phase").GetString() == "ended");
        StatesOf(ended).Should().Contain("stopped");
    }

    [Fact]
    public async Task What_waits_can_be_taken_out_with_all_that_follows_it()
    {
        await using RunningDaemon daemon = await RunningDaemon.StartAsync(_folder);
        using ApiClient anna = await daemon.SeatedAsync();
        string id = await anna.SubmitCampaignAsync(Recipes.Campaign, Recipes.With(("exposure.dwell", "200 ms")));
        string behind = await anna.SubmitCampaignAsync(Recipes.Campaign);
        await anna.UntilMeasuredAsync($"{id}-left", 1);

        (await anna.DeleteAsync($"campaigns/{behind}")).Status.Should().Be(204);
        (await anna.GetAsync($"campaigns/{behind}")).Status.Should().Be(404);
        (await anna.GetAsync($"experiments/{behind}-right")).Status.Should().Be(404);
        Directory.Exists(Path.Combine(_folder.Campaigns, behind)).Should().BeFalse();

        (await anna.DeleteAsync($"experiments/{id}-middle")).Status.Should().Be(204);
        JsonElement ended = await anna.UntilComparedAsync(id);
        StatesOf(ended).Should().Equal("completed", "new", "new");
        (await anna.DeleteAsync($"campaigns/{id}")).Status.Should().Be(409);

        Answer continued = await anna.PostAsync($"campaigns/{id}/continue", new { reason = "After all." });
        continued.Status.Should().Be(200, continued.Text);
        ended = await anna.UntilCampaignAsync(
            id, static campaign => campaign.GetProperty("state").GetString() == "completed"
                && campaign.GetProperty("phase").GetString() == "ended");
        StatesOf(ended).Should().Equal("completed", "completed", "completed");
    }

    private static IEnumerable<string?> StatesOf(JsonElement campaign) => campaign.GetProperty("regions")
        .EnumerateArray().Select(static region => region.GetProperty("state").GetString());
}
