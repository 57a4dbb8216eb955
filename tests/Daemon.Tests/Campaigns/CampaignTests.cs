using System.Text.Json;
using DklActors.Daemon.Tests.Daemons;
using DklActors.Host.Commands;

namespace DklActors.Daemon.Tests.Campaigns;

/// <summary>A recipe that lists regions, submitted as any other: each is an experiment of a campaign.</summary>
public sealed class CampaignTests : IDisposable
{
    private readonly DaemonFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Regions_run_in_order_each_from_the_model_before_and_are_compared_at_the_end()
    {
        string id;
        await using (RunningDaemon daemon = await RunningDaemon.StartAsync(_folder))
        {
            using ApiClient anna = await daemon.SeatedAsync();
            Answer submitted = await anna.PostAsync(
                "experiments", new { recipe = Recipes.Campaign, set = Recipes.With(("learning.transfer", "warm")) });
            submitted.Status.Should().Be(201, submitted.Text);
            id = submitted.Json.GetProperty("campaign").GetString()!;
            submitted.Json.GetProperty("id").GetString().Should().Be($"{id}-left");
            submitted.Json.GetProperty("region").GetString().Should().Be("left");
            (await anna.GetAsync($"campaigns/{id}/summary")).Status.Should().Be(404);

            JsonElement campaign = await anna.UntilComparedAsync(id);

            campaign.GetProperty("state").GetString().Should().Be("completed");
            campaign.GetProperty("transfer").GetString().Should().Be("warm");
            JsonElement[] regions = [.. campaign.GetProperty("regions").EnumerateArray()];
            regions.Select(static region => region.GetProperty("name").GetString())
                .Should().Equal("left", "middle", "right");
            regions.Should().OnlyContain(static region => region.GetProperty("measured").GetInt32() == 10);
            regions[1].GetProperty("differences").GetProperty("microscope.sampleSeed").GetString().Should().Be("8");
            await OneAfterTheOtherAsync(anna, id);
            await EachFromTheModelBeforeAsync(anna, id);
            await ComparedAsync(anna, id);
            foreach (string format in new[] { "csv", "backup" })
            {
                (await anna.GetAsync($"experiments/{id}-middle/export/{format}")).Status.Should().Be(200);
            }

            (await anna.GetAsync($"campaigns/{id}/recipe")).Text.Should().Be(Recipes.Campaign);
            (await anna.GetAsync("campaigns")).Json[0].GetProperty("id").GetString().Should().Be(id);
            (await anna.GetAsync("daemon")).Json.GetProperty("campaigns")[0].GetProperty("id").GetString()
                .Should().Be(id);
        }

        (await DklCommand.InvokeAsync(
            ["replay", _folder.RegionOf(id, "right"), "--verify"], TimeProvider.System))
            .Should().Be((int)ExitCode.Done);
    }

    [Fact]
    public async Task Nothing_of_its_instrument_slips_in_between_the_regions_of_a_campaign()
    {
        await using RunningDaemon daemon = await RunningDaemon.StartAsync(_folder);
        using ApiClient anna = await daemon.SeatedAsync();
        string id = await anna.SubmitCampaignAsync(Recipes.InRegions(("left", ""), ("right", "")));
        string after = await anna.SubmitAsync(Recipes.Short);
        string beside = await anna.SubmitAsync(Recipes.Short, "another microscope");

        await anna.UntilEndedAsync(beside);
        JsonElement ended = await anna.UntilEndedAsync(after);

        JsonElement right = (await anna.GetAsync($"experiments/{id}-right")).Json;
        right.GetProperty("state").GetString().Should().Be("completed");
        ended.GetProperty("startedAt").GetDateTimeOffset()
            .Should().BeOnOrAfter(right.GetProperty("endedAt").GetDateTimeOffset());
        await anna.UntilComparedAsync(id);
    }

    [Fact]
    public async Task Regions_wait_next_to_each_other_behind_what_was_there_before()
    {
        await using RunningDaemon daemon = await RunningDaemon.StartAsync(_folder);
        using ApiClient anna = await daemon.SeatedAsync();
        string first = await anna.SubmitAsync(Recipes.Long);
        string id = await anna.SubmitCampaignAsync(Recipes.InRegions(("left", ""), ("right", "")));
        await anna.UntilMeasuredAsync(first, 1);

        JsonElement[] queued = [.. (await anna.GetAsync("experiments?phase=queued")).Json.EnumerateArray()];
        queued.Select(static entry => (
                entry.GetProperty("id").GetString(), entry.GetProperty("position").GetInt32()))
            .Should().Equal(($"{id}-right", 2), ($"{id}-left", 1));
        (await anna.PostAsync($"experiments/{first}/abort", new { })).Status.Should().Be(200);
        await anna.UntilComparedAsync(id);
        await OneAfterTheOtherAsync(anna, id, "left", "right");
    }

    [Theory]
    [InlineData("planner:\n  measurements: 5000", "planner.measurements")]
    [InlineData("patch: 10 px", "regions.patch")]
    [InlineData("microscop:\n  size: 40 px", "microscop")]
    public async Task A_region_that_cannot_be_run_is_refused_before_anything_is_made(string wrong, string key)
    {
        await using RunningDaemon daemon = await RunningDaemon.StartAsync(_folder);
        using ApiClient anna = await daemon.SeatedAsync();
        string recipe = Recipes.InRegions(("left", ""), ("right", wrong));

        Answer tried = await anna.PostAsync("recipes/check", new { recipe });
        Answer submitted = await anna.PostAsync("experiments", new { recipe });

        tried.Json.GetProperty("ok").GetBoolean().Should().BeFalse();
        submitted.Status.Should().Be(422, submitted.Text);
        submitted.Json.GetProperty("errors").EnumerateArray()
            .Select(static error => error.GetProperty("key").GetString()).Should().Contain(key);
        (await anna.GetAsync("experiments")).Json.GetArrayLength().Should().Be(0);
        (await anna.GetAsync("campaigns")).Json.GetArrayLength().Should().Be(0);
        Directory.EnumerateFileSystemEntries(_folder.Campaigns).Should().BeEmpty();
    }

    [Theory]
    [InlineData("blanker: command:/bin/true", "microscope.blanker")]
    [InlineData("address: microscope.example", "microscope.address")]
    public async Task A_region_names_no_program_and_no_microscope_of_its_own_but_one_of_the_daemons_recipes(
        string line, string key)
    {
        await using RunningDaemon daemon = await RunningDaemon.StartAsync(_folder);
        using ApiClient anna = await daemon.SeatedAsync();
        string recipe = Recipes.InRegions(("left", ""), ("right", "")).TrimEnd() + $"\n      {line}\n";

        Answer refused = await anna.PostAsync("experiments", new { recipe });
        await File.WriteAllTextAsync(Path.Combine(_folder.Root, "recipes", "theirs.yaml"), recipe);
        Answer known = await anna.PostAsync("recipes/check", new { recipe });

        refused.Status.Should().Be(422);
        refused.Json.GetProperty("errors")[0].GetProperty("key").GetString().Should().Be(key);
        refused.Text.Should().Contain("may not name");
        known.Text.Should().NotContain("may not name");
    }

    [Fact]
    public async Task A_dry_run_tells_what_each_region_takes_and_a_change_replaces_what_they_say()
    {
        await using RunningDaemon daemon = await RunningDaemon.StartAsync(_folder);
        using ApiClient anna = await daemon.SeatedAsync();
        string recipe = Recipes.InRegions(("left", ""), ("right", "planner:\n  measurements: 20"));

        JsonElement asWritten = (await anna.PostAsync("recipes/check", new { recipe })).Json;
        JsonElement changed = (await anna.PostAsync(
            "recipes/check", new { recipe, set = Recipes.With(("planner.measurements", "9")) })).Json;

        PointsIn(asWritten).Should().Equal(("left", 10), ("right", 26));
        PointsIn(changed).Should().Equal(("left", 15), ("right", 15));

        static IEnumerable<(string?, int)> PointsIn(JsonElement check) =>
            check.GetProperty("regions").EnumerateArray().Select(static region => (
                region.GetProperty("region").GetString(),
                region.GetProperty("estimate").GetProperty("points").GetInt32()));
    }

    private static async Task OneAfterTheOtherAsync(ApiClient anna, string id, params string[] regions)
    {
        DateTimeOffset last = default;
        foreach (string region in regions is [] ? ["left", "middle", "right"] : regions)
        {
            IReadOnlyList<JsonElement> events = await anna.EventsAsync($"{id}-{region}");
            events[0].GetProperty("time").GetDateTimeOffset().Should().BeAfter(last, $"{region} follows");
            last = events[^1].GetProperty("time").GetDateTimeOffset();
        }
    }

    private static async Task EachFromTheModelBeforeAsync(ApiClient anna, string id)
    {
        string? last = null;
        foreach (string region in new[] { "left", "middle", "right" })
        {
            IReadOnlyList<JsonElement> events = await anna.EventsAsync($"{id}-{region}");
            Hashes(events, "model-transferred").Should().Equal(last is null ? [] : [last]);
            last = Hashes(events, "model-trained").Last();
        }

        static string[] Hashes(IReadOnlyList<JsonElement> events, string kind) =>
        [
            .. events.Where(told => told.GetProperty("kind").GetString() == kind)
                .Select(static told => told.GetProperty("event").GetProperty("stateHash").GetString()!),
        ];
    }

    private static async Task ComparedAsync(ApiClient anna, string id)
    {
        Answer summary = await anna.GetAsync($"campaigns/{id}/summary");
        summary.MediaType.Should().Be("application/json");
        summary.Json.GetProperty("regions").GetArrayLength().Should().Be(3);
        summary.Json.GetProperty("comparison").GetArrayLength().Should().Be(3);
        summary.Json.GetProperty("regions")[2].GetProperty("startedFrom").GetString().Should().Be($"{id}-middle");
        Answer figure = await anna.GetAsync($"campaigns/{id}/comparison");
        figure.MediaType.Should().Be("image/svg+xml");
        figure.Text.Should().Contain("left (").And.Contain("right (");
    }
}
