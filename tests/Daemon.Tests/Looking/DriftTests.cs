using System.Text.Json;
using DklActors.Daemon.Tests.Daemons;

namespace DklActors.Daemon.Tests.Looking;

/// <summary>What is told of a sample's drift is what the journal says of it.</summary>
public sealed class DriftTests : IAsyncLifetime, IDisposable
{
    // px an exposure, along the rows.
    private const double Step = 0.2;

    private readonly DaemonFolder _folder = new();
    private RunningDaemon _daemon = null!;
    private ApiClient _anna = null!;

    public async Task InitializeAsync()
    {
        _daemon = await RunningDaemon.StartAsync(_folder);
        _anna = await _daemon.SeatedAsync();
    }

    public async Task DisposeAsync()
    {
        _anna.Dispose();
        await _daemon.DisposeAsync();
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_look_is_told_with_the_frames_before_it_and_how_things_stand()
    {
        string id = await _anna.SubmitAsync(Drifting());
        JsonElement drift = (await _anna.UntilEndedAsync(id)).GetProperty("drift");
        IReadOnlyList<JsonElement> events = await _anna.EventsAsync(id);
        JsonElement[] looks = [.. (await SnapshotAsync(id)).GetProperty("looks").EnumerateArray()];

        looks.Should().HaveCountGreaterThanOrEqualTo(3);
        looks.Select(static look => look.GetProperty("sequence").GetInt32()).Should().Equal(SequencesOf(events));
        foreach (JsonElement look in looks)
        {
            int sequence = look.GetProperty("sequence").GetInt32();
            JsonElement told = events[sequence - 1].GetProperty("event");
            look.GetProperty("frames").GetInt32().Should().Be(FramesIn(events.Take(sequence)));
            foreach (string axis in new[] { "rows", "columns" })
            {
                look.GetProperty("shift").GetProperty(axis).GetDouble()
                    .Should().Be(told.GetProperty("shift").GetProperty(axis).GetDouble());
            }

            look.GetProperty("quality").GetDouble().Should().Be(told.GetProperty("quality").GetDouble());
            look.GetProperty("rejected").ValueKind.Should().Be(JsonValueKind.Null);
        }

        JsonElement last = looks[^1];
        drift.GetProperty("shift").GetRawText().Should().Be(last.GetProperty("shift").GetRawText());
        // An exposure that gave no frame may have moved the sample too.
        drift.GetProperty("shift").GetProperty("rows").GetDouble().Should().BeInRange(
            (last.GetProperty("frames").GetInt32() * Step) - 0.4,
            (CountIn(events.Take(last.GetProperty("sequence").GetInt32()), "exposure-intended") * Step) + 0.4);
        drift.GetProperty("looks").GetInt32().Should().Be(looks.Length);
        drift.GetProperty("framesSince").GetInt32().Should().Be(
            FramesIn(events) - last.GetProperty("frames").GetInt32());
        drift.GetProperty("lookedAt").GetDateTimeOffset().Should().Be(last.GetProperty("time").GetDateTimeOffset());
        drift.GetProperty("electrons").GetDouble().Should().BeApproximately(
            events.Where(IsLook).Sum(static told =>
                told.GetProperty("event").GetProperty("chargedElectrons").GetDouble()),
            1);
        (drift.GetProperty("everyFrames").GetInt32(), drift.GetProperty("largestShiftPx").GetDouble(),
            drift.GetProperty("largestRatePxPerMinute").ValueKind).Should().Be((4, 16, JsonValueKind.Null));
    }

    [Fact]
    public async Task The_correction_is_what_the_last_exposure_was_sent_beside_its_place()
    {
        string id = await _anna.SubmitAsync(Drifting(("drift.between", "stay")));
        JsonElement drift = (await _anna.UntilEndedAsync(id)).GetProperty("drift");
        IReadOnlyList<JsonElement> events = await _anna.EventsAsync(id);
        JsonElement sent = events.Last(static told => told.GetProperty("kind").GetString() == "exposure-intended");
        JsonElement known = events.Last(told => IsLook(told)
            && told.GetProperty("sequence").GetInt32() < sent.GetProperty("sequence").GetInt32());

        foreach (string axis in new[] { "rows", "columns" })
        {
            drift.GetProperty("correction").GetProperty(axis).GetDouble().Should().BeApproximately(
                known.GetProperty("event").GetProperty("shift").GetProperty(axis).GetDouble(), 1e-9);
        }
    }

    [Fact]
    public async Task A_past_moment_knows_the_looks_up_to_it()
    {
        string id = await _anna.SubmitAsync(Drifting());
        await _anna.UntilEndedAsync(id);
        int[] sequences = SequencesOf(await _anna.EventsAsync(id));

        (await SnapshotAsync(id, sequences[1] - 1)).GetProperty("looks").GetArrayLength().Should().Be(1);
        (await SnapshotAsync(id, sequences[1])).GetProperty("looks").GetArrayLength().Should().Be(2);
    }

    [Fact]
    public async Task A_look_that_is_not_trusted_says_why_and_moves_nothing()
    {
        string id = await _anna.SubmitAsync(Drifting(("drift.leastQuality", "1")));
        JsonElement drift = (await _anna.UntilEndedAsync(id)).GetProperty("drift");
        JsonElement[] looks = [.. (await SnapshotAsync(id)).GetProperty("looks").EnumerateArray()];

        looks.Should().NotBeEmpty().And.OnlyContain(static look =>
            look.GetProperty("rejected").GetString()!.Contains("quality"));
        drift.GetProperty("rejected").GetInt32().Should().Be(looks.Length);
        drift.GetProperty("shift").GetProperty("rows").GetDouble().Should().Be(0);
    }

    [Fact]
    public async Task Too_far_a_drift_is_told_as_what_holds_the_run()
    {
        string id = await _anna.SubmitAsync(Drifting(("drift.largestShift", "1 px"), ("drift.settle", "1 h")));
        JsonElement held = await _anna.UntilAsync(
            id, static status => status.GetProperty("state").GetString() == "paused");

        JsonElement hold = held.GetProperty("holds").EnumerateArray().Single();
        hold.GetProperty("by").GetString().Should().Be("drift");
        hold.GetProperty("reason").GetString().Should().Contain("limit is 1 px");
        held.GetProperty("drift").GetProperty("largestShiftPx").GetDouble().Should().Be(1);
        await _anna.PostAsync($"experiments/{id}/abort", new { reason = "seen" });
        await _anna.UntilEndedAsync(id);
    }

    [Fact]
    public async Task Nothing_is_told_of_a_drift_that_nobody_looks_at()
    {
        string id = await _anna.SubmitAsync(Recipes.Short);
        JsonElement status = await _anna.UntilEndedAsync(id);

        status.GetProperty("drift").ValueKind.Should().Be(JsonValueKind.Null);
        (await SnapshotAsync(id)).GetProperty("looks").GetArrayLength().Should().Be(0);
    }

    /// <summary>On so small a sample any look is taken for good.</summary>
    private static Dictionary<string, string> Drifting(params (string Key, string Value)[] changes)
    {
        Dictionary<string, string> recipe = Recipes.With(
            ("planner.measurements", "14"), ("microscope.driftRow", "0.2 px"),
            ("microscope.driftColumn", "-0.1 px"), ("microscope.driftPer", "exposure"), ("drift.every", "4 points"),
            ("drift.largestShift", "16 px"), ("drift.leastQuality", "0.5"), ("drift.largestChance", "1"));
        foreach ((string key, string value) in changes)
        {
            recipe[key] = value;
        }

        return recipe;
    }

    private async Task<JsonElement> SnapshotAsync(string id, int? at = null) =>
        (await _anna.GetAsync($"experiments/{id}/snapshot{(at is null ? "" : $"?at={at}")}")).Json;

    private static bool IsLook(JsonElement told) => told.GetProperty("kind").GetString() == "drift-corrected";

    private static int[] SequencesOf(IEnumerable<JsonElement> events) =>
        [.. events.Where(IsLook).Select(static told => told.GetProperty("sequence").GetInt32())];

    private static int FramesIn(IEnumerable<JsonElement> events) => CountIn(events, "frame-recorded");

    private static int CountIn(IEnumerable<JsonElement> events, string kind) =>
        events.Count(told => told.GetProperty("kind").GetString() == kind);
}
