using System.Runtime.InteropServices;
using System.Text.Json;
using DklActors.Daemon.Tests.Daemons;

namespace DklActors.Daemon.Tests.Looking;

/// <summary>What is told of a run is what its journal says.</summary>
public sealed class LookTests : IAsyncLifetime, IDisposable
{
    private readonly DaemonFolder _folder = new();
    private RunningDaemon _daemon = null!;
    private ApiClient _anna = null!;
    private string _id = null!;

    public async Task InitializeAsync()
    {
        _daemon = await RunningDaemon.StartAsync(_folder);
        _anna = await _daemon.SeatedAsync();
        _id = await _anna.SubmitAsync(Recipes.With(("planner.measurements", "14")));
        await _anna.UntilEndedAsync(_id);
    }

    public async Task DisposeAsync()
    {
        _anna.Dispose();
        await _daemon.DisposeAsync();
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_snapshot_of_any_moment_is_the_sum_of_the_events_up_to_there()
    {
        IReadOnlyList<JsonElement> events = await _anna.EventsAsync(_id);
        foreach (int at in new[] { 1, 5, events.Count / 2, events.Count })
        {
            JsonElement snapshot = (await _anna.GetAsync($"experiments/{_id}/snapshot?at={at}")).Json;

            snapshot.GetProperty("sequence").GetInt32().Should().Be(at);
            Numbers(snapshot, "scalarized").Should().BeEquivalentTo(
                events.Take(at).Where(static told => told.GetProperty("kind").GetString() == "point-scalarized")
                    .Select(static told => told.GetProperty("event").GetProperty("point").GetInt32()));
        }

        (await _anna.GetAsync($"experiments/{_id}/snapshot?at={events.Count + 1}")).Status.Should().Be(404);
    }

    [Fact]
    public async Task Maps_have_a_value_where_there_is_a_candidate_and_never_change_for_a_moment()
    {
        int last = (await _anna.EventsAsync(_id)).Count;
        foreach (string kind in new[] { "structure", "prediction", "uncertainty", "acquisition", "dose", "truth" })
        {
            Answer now = await _anna.GetAsync($"experiments/{_id}/maps/{kind}");
            Answer then = await _anna.GetAsync($"experiments/{_id}/maps/{kind}?at={last}");

            now.Status.Should().Be(200, kind);
            now.Headers["X-Dkl-Rows"].Should().Be("40");
            Floats(now).Should().HaveCount(1600);
            Floats(now).Count(float.IsFinite).Should().BeGreaterThan(900, kind);
            then.Bytes.Should().Equal(now.Bytes, kind);
            then.Headers["Cache-Control"].Should().Contain("immutable");
        }

        (await _anna.GetAsync($"experiments/{_id}/maps/treasure")).Status.Should().Be(404);
        (await _anna.GetAsync($"experiments/{_id}/maps/3")).Status.Should().Be(404);
        (await _anna.GetAsync($"experiments/{_id}/maps/prediction?at=4")).Status.Should().Be(404);
    }

    [Fact]
    public async Task A_frame_gives_its_scalar_and_shows_where_the_scalarizer_looks()
    {
        JsonElement point = (await _anna.GetAsync($"experiments/{_id}/snapshot")).Json.GetProperty("points")[2];
        Answer frame = await _anna.GetAsync($"experiments/{_id}/points/3/frame");
        JsonElement view = (await _anna.PostAsync($"experiments/{_id}/points/3/view", new { })).Json;
        JsonElement other = (await _anna.PostAsync(
            $"experiments/{_id}/points/3/view",
            new { scalarizer = new { kind = "band-sum", window = "1.05 eV .. 2.95 eV" } })).Json;

        frame.Headers["X-Dkl-Kind"].Should().Be("spectrum");
        float[] counts = Floats(frame);
        counts.Should().HaveCount(64);
        view.GetProperty("value").GetDouble().Should().Be(point.GetProperty("value").GetDouble());
        JsonElement window = view.GetProperty("windows")[0];
        window.GetProperty("from").GetDouble().Should().BeApproximately(2.9, 1e-9);
        other.GetProperty("value").GetDouble().Should().BeApproximately(counts[11..30].Sum(), 1e-3);
        (await _anna.GetAsync($"experiments/{_id}/points/999/frame")).Status.Should().Be(404);
    }

    [Fact]
    public async Task A_fit_is_shown_over_the_counts_it_was_made_of()
    {
        JsonElement view = (await _anna.PostAsync(
            $"experiments/{_id}/points/1/view",
            new
            {
                scalarizer = new { kind = "edge-area", window = "3 eV .. 4 eV", background = "1.05 eV .. 2.55 eV" },
            })).Json;

        JsonElement curve = view.GetProperty("curves")[0];
        curve.GetProperty("label").GetString().Should().Be("background");
        curve.GetProperty("x").GetArrayLength().Should().Be(curve.GetProperty("y").GetArrayLength()).And.BePositive();
        curve.GetProperty("x")[0].GetDouble().Should().BeApproximately(1.1, 1e-9);
    }

    [Fact]
    public async Task Other_choices_are_tried_and_change_nothing()
    {
        int before = (await _anna.EventsAsync(_id)).Count;

        Answer same = await _anna.PostAsync(
            $"experiments/{_id}/preview/scalarizer",
            new { keys = new { kind = "band-mean", window = "2.9 eV .. 3.5 eV" } });
        Answer next = await _anna.PostAsync(
            $"experiments/{_id}/preview/acquisition", new { keys = new { acquisition = "expected-improvement" } });
        Answer wrong = await _anna.PostAsync(
            $"experiments/{_id}/preview/scalarizer", new { keys = new { kind = "band-mean", window = "90 eV" } });

        same.Json.GetProperty("points").EnumerateArray().Should().HaveCount(20).And.OnlyContain(static point =>
            point.GetProperty("now").GetDouble() == point.GetProperty("then").GetDouble());
        string map = next.Json.GetProperty("map").GetString()!;
        JsonElement place = next.Json.GetProperty("next");
        float[] scores = Floats(await _anna.GetAsync($"experiments/{_id}/previews/{map}"));
        scores[(place.GetProperty("row").GetInt32() * 40) + place.GetProperty("column").GetInt32()]
            .Should().Be(scores.Where(float.IsFinite).Max());
        wrong.Status.Should().Be(422);
        wrong.Json.GetProperty("errors")[0].GetProperty("key").GetString().Should().Be("scalarizer.window");
        (await _anna.EventsAsync(_id)).Should().HaveCount(before);
    }

    [Fact]
    public async Task Events_are_found_by_kind_and_text()
    {
        Answer trained = await _anna.GetAsync($"experiments/{_id}/events?kind=model-trained");
        Answer seeds = await _anna.GetAsync($"experiments/{_id}/events?kind=point-planned&text=SEED&limit=3");

        trained.Json.GetProperty("events").EnumerateArray().Should().NotBeEmpty().And.OnlyContain(static told =>
            told.GetProperty("kind").GetString() == "model-trained");
        seeds.Json.GetProperty("events").GetArrayLength().Should().Be(3);
        (await _anna.GetAsync($"experiments/{_id}/events?limit=5001")).Status.Should().Be(400);
    }

    [Theory]
    [InlineData("csv", "point")]
    [InlineData("bluesky", "start")]
    [InlineData("npz", "PK")]
    [InlineData("hspy", "HDF")]
    [InlineData("backup", "PK")]
    public async Task A_run_can_be_taken_elsewhere(string format, string mark)
    {
        Answer file = await _anna.GetAsync($"experiments/{_id}/export/{format}");

        file.Status.Should().Be(200, file.Text[..Math.Min(300, file.Text.Length)]);
        System.Text.Encoding.Latin1.GetString(file.Bytes.AsSpan(0, Math.Min(400, file.Bytes.Length)))
            .Should().Contain(mark);
        Directory.Exists(Path.Combine(_folder.Root, "exports"))
            .Should().Be(Directory.EnumerateFileSystemEntries(_folder.Root, "exports").Any());
        Directory.EnumerateFileSystemEntries(Path.Combine(_folder.Root, "exports")).Should().BeEmpty();
    }

    [Fact]
    public async Task The_daemon_describes_itself_and_counts_what_it_did()
    {
        JsonElement description = (await _anna.GetAsync("openapi.json")).Json;
        string metrics = (await _anna.GetAsync("/metrics")).Text;

        description.GetProperty("openapi").GetString().Should().StartWith("3.");
        description.GetProperty("paths").EnumerateObject().Select(static path => path.Name)
            .Should().Contain("/api/v1/experiments/{id}/pause").And.Contain("/api/v1/experiments/{id}/maps/{kind}");
        metrics.Should().MatchRegex($"dkl_points_recorded.*{_id}.* 20\n");
    }

    private static IEnumerable<int> Numbers(JsonElement snapshot, string stage) => snapshot.GetProperty("points")
        .EnumerateArray().Where(point => point.GetProperty("stage").GetString() == stage)
        .Select(static point => point.GetProperty("id").GetInt32());

    private static float[] Floats(Answer answer) => MemoryMarshal.Cast<byte, float>(answer.Bytes).ToArray();
}
