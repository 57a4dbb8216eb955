using DklActors.Daemon.Tests.Daemons;

namespace DklActors.Daemon.Tests.Access;

/// <summary>One commands at a time; what makes things safer anybody may who may command at all.</summary>
public sealed class SeatTests : IDisposable
{
    private readonly DaemonFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_seat_is_taken_over_on_purpose_alone_and_the_journal_knows()
    {
        await using RunningDaemon daemon = await RunningDaemon.StartAsync(_folder);
        using ApiClient anna = await daemon.SeatedAsync("Anna");
        using ApiClient bert = daemon.Client("Bert");
        string id = await anna.SubmitAsync(Recipes.Long);
        await anna.UntilMeasuredAsync(id, 1);

        Answer refused = await bert.PostAsync("seat", new { });
        Answer notSeated = await bert.PostAsync($"experiments/{id}/stop", new { });
        Answer taken = await bert.PostAsync("seat", new { takeOver = true, reason = "My turn." });
        Answer lost = await anna.PostAsync($"experiments/{id}/stop", new { });

        refused.Status.Should().Be(409);
        refused.Json.GetProperty("seat").GetProperty("name").GetString().Should().Be("Anna");
        notSeated.Status.Should().Be(409);
        taken.Status.Should().Be(200);
        lost.Status.Should().Be(409);
        (await bert.EventsAsync(id)).Where(static told => told.GetProperty("kind").GetString() == "controller-changed")
            .Select(static told => told.GetProperty("event"))
            .Should().ContainSingle()
            .Which.GetProperty("by").GetString().Should().Be("Bert");
    }

    [Fact]
    public async Task Who_leaves_the_seat_leaves_it_to_the_next()
    {
        await using RunningDaemon daemon = await RunningDaemon.StartAsync(_folder);
        using ApiClient anna = await daemon.SeatedAsync("Anna");
        using ApiClient bert = daemon.Client("Bert");

        (await bert.DeleteAsync("seat")).Status.Should().Be(409);
        (await anna.DeleteAsync("seat")).Status.Should().Be(204);
        (await bert.PostAsync("seat", new { })).Status.Should().Be(200);
    }

    [Fact]
    public async Task What_makes_things_safer_needs_no_seat()
    {
        await using RunningDaemon daemon = await RunningDaemon.StartAsync(_folder);
        using ApiClient anna = await daemon.SeatedAsync("Anna");
        using ApiClient bert = daemon.Client("Bert");
        string id = await anna.SubmitAsync(Recipes.Long);
        await anna.UntilMeasuredAsync(id, 1);

        Answer paused = await bert.PostAsync($"experiments/{id}/pause", new { mode = "hard", reason = "Smoke!" });
        Answer resumed = await bert.PostAsync($"experiments/{id}/resume", new { });
        Answer aborted = await bert.PostAsync($"experiments/{id}/abort", new { reason = "More smoke!" });

        paused.Status.Should().Be(200, paused.Text);
        resumed.Status.Should().Be(409);
        aborted.Status.Should().Be(200, aborted.Text);
        (await anna.UntilEndedAsync(id)).GetProperty("reason").GetString().Should().Be("More smoke!");
    }

    [Theory]
    [InlineData("short", "Anna")]
    [InlineData("client with spaces", "Anna")]
    [InlineData("client-anna", "")]
    public async Task A_command_says_whose_it_is(string client, string name)
    {
        await using RunningDaemon daemon = await RunningDaemon.StartAsync(_folder);
        using ApiClient nameless = new(daemon.Address, daemon.ControllerToken, client, name);

        (await nameless.PostAsync("seat", new { })).Status.Should().Be(400);
    }
}
