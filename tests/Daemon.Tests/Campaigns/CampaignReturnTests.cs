using System.Text.Json;
using DklActors.Daemon.Tests.Daemons;

namespace DklActors.Daemon.Tests.Campaigns;

/// <summary>What a campaign comes back as when the daemon does: the journals say how far it is.</summary>
public sealed class CampaignReturnTests : IDisposable
{
    private readonly DaemonFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_shutdown_in_a_region_is_followed_by_the_rest_of_it_and_those_after_it()
    {
        string id;
        await using (RunningDaemon daemon = await RunningDaemon.StartAsync(_folder))
        {
            using ApiClient anna = await daemon.SeatedAsync();
            id = await anna.SubmitCampaignAsync(Recipes.Campaign, Recipes.With(("exposure.dwell", "200 ms")));
            await anna.UntilMeasuredAsync($"{id}-middle", 2);
        }

        await using RunningDaemon again = await RunningDaemon.StartAsync(_folder);
        using ApiClient bert = again.Client("Bert");
        JsonElement ended = await bert.UntilComparedAsync(id);

        StatesOf(ended).Should().Equal("completed", "completed", "completed");
        (await bert.EventsAsync($"{id}-left")).Select(static told => told.GetProperty("kind").GetString())
            .Should().NotContain("experiment-continued");
        (await bert.EventsAsync($"{id}-middle")).Select(static told => told.GetProperty("kind").GetString())
            .Should().ContainSingle(static kind => kind == "experiment-continued");
    }

    [Fact]
    public async Task What_a_person_ended_stays_ended_although_nothing_but_the_journal_knows_it()
    {
        string id;
        string middle;
        byte[] note;
        await using (RunningDaemon daemon = await RunningDaemon.StartAsync(_folder))
        {
            using ApiClient anna = await daemon.SeatedAsync();
            id = await anna.SubmitCampaignAsync(Recipes.Campaign, Recipes.With(("exposure.dwell", "200 ms")));
            await anna.UntilMeasuredAsync($"{id}-middle", 2);
            middle = Path.Combine(_folder.RegionOf(id, "middle"), "experiment.json");
            note = await File.ReadAllBytesAsync(middle);
            (await anna.PostAsync($"campaigns/{id}/abort", new { })).Status.Should().Be(200);
            await anna.UntilEndedAsync($"{id}-middle");
        }

        // As a process leaves it that was killed between the two.
        await File.WriteAllBytesAsync(middle, note);
        await using RunningDaemon again = await RunningDaemon.StartAsync(_folder);
        using ApiClient bert = again.Client("Bert");

        JsonElement found = (await bert.GetAsync($"campaigns/{id}")).Json;
        found.GetProperty("phase").GetString().Should().Be("ended");
        StatesOf(found).Should().Equal("completed", "aborted", "new");
        (await bert.GetAsync("experiments?phase=queued")).Json.GetArrayLength().Should().Be(0);
    }

    [Fact]
    public async Task A_campaign_that_another_program_left_can_be_looked_at_and_goes_on_when_it_is_told_to()
    {
        string id;
        await using (RunningDaemon daemon = await RunningDaemon.StartAsync(_folder))
        {
            using ApiClient anna = await daemon.SeatedAsync();
            id = await anna.SubmitCampaignAsync(Recipes.Campaign, Recipes.With(("exposure.dwell", "200 ms")));
            await anna.UntilMeasuredAsync($"{id}-left", 2);
            (await anna.PostAsync($"campaigns/{id}/stop", new { })).Status.Should().Be(200);
            await anna.UntilComparedAsync(id);
        }

        // As dkl run leaves it: nothing that the daemon notes, no name for what has not begun.
        foreach (string region in new[] { "left", "middle", "right" })
        {
            File.Delete(Path.Combine(_folder.RegionOf(id, region), "experiment.json"));
        }

        File.Delete(Path.Combine(_folder.RegionOf(id, "middle"), "run.id"));
        File.Delete(Path.Combine(_folder.RegionOf(id, "right"), "run.id"));
        await using RunningDaemon again = await RunningDaemon.StartAsync(_folder);
        using ApiClient bert = await again.SeatedAsync("Bert");

        JsonElement found = (await bert.GetAsync($"campaigns/{id}")).Json;
        StatesOf(found).Should().Equal("stopped", "new", "new");
        found.GetProperty("comparison").GetString().Should().Be("there");
        (await bert.PostAsync($"campaigns/{id}/continue", new { })).Status.Should().Be(200);
        JsonElement ended = await bert.UntilCampaignAsync(
            id, static campaign => campaign.GetProperty("state").GetString() == "completed"
                && campaign.GetProperty("comparison").GetString() == "there");
        StatesOf(ended).Should().Equal("completed", "completed", "completed");
    }

    [Fact]
    public async Task A_region_whose_folder_is_gone_keeps_those_after_it_waiting_and_takes_nothing_else_along()
    {
        string id;
        await using (RunningDaemon daemon = await RunningDaemon.StartAsync(_folder))
        {
            using ApiClient anna = await daemon.SeatedAsync();
            id = await anna.SubmitCampaignAsync(Recipes.Campaign, Recipes.With(("exposure.dwell", "200 ms")));
            await anna.UntilMeasuredAsync($"{id}-left", 2);
        }

        Directory.Delete(_folder.RegionOf(id, "middle"), recursive: true);
        await using RunningDaemon again = await RunningDaemon.StartAsync(_folder);
        using ApiClient bert = await again.SeatedAsync("Bert");

        JsonElement ended = await bert.UntilComparedAsync(id);
        StatesOf(ended).Should().Equal("completed", "new", "new");
        ended.GetProperty("regions")[1].GetProperty("experiment").ValueKind.Should().Be(JsonValueKind.Null);
        Answer refused = await bert.PostAsync($"campaigns/{id}/continue", new { });
        refused.Status.Should().Be(409);
        refused.Text.Should().Contain("Restore the folder of middle");
    }

    private static IEnumerable<string?> StatesOf(JsonElement campaign) => campaign.GetProperty("regions")
        .EnumerateArray().Select(static region => region.GetProperty("state").GetString());
}
