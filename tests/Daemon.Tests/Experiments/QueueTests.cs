using System.Text.Json;
using DklActors.Daemon.Tests.Daemons;

namespace DklActors.Daemon.Tests.Experiments;

/// <summary>Any number of experiments, one at a time on an instrument.</summary>
public sealed class QueueTests : IDisposable
{
    private readonly DaemonFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_instrument_has_one_experiment_at_a_time_and_the_next_follows()
    {
        await using RunningDaemon daemon = await RunningDaemon.StartAsync(_folder);
        using ApiClient anna = await daemon.SeatedAsync();
        string first = await anna.SubmitAsync(Recipes.Long, "scope A");
        string second = await anna.SubmitAsync(Recipes.Short, "scope A");
        string third = await anna.SubmitAsync(Recipes.Short, "scope A");
        string beside = await anna.SubmitAsync(Recipes.Short, "scope B");

        await anna.UntilEndedAsync(beside);
        await anna.UntilMeasuredAsync(first, 1);
        PhaseOf(await anna.GetAsync($"experiments/{second}")).Should().Be("queued");
        JsonElement[] list = [.. (await anna.GetAsync("experiments?phase=queued")).Json.EnumerateArray()];
        list.Select(static entry => entry.GetProperty("position").GetInt32()).Should().Equal(2, 1);
        (await anna.DeleteAsync($"experiments/{second}")).Status.Should().Be(204);
        (await anna.GetAsync($"experiments/{second}")).Status.Should().Be(404);
        Answer stop = await anna.PostAsync($"experiments/{first}/stop", new { reason = "Enough." });
        stop.Status.Should().Be(200, stop.Text);

        JsonElement ended = await anna.UntilEndedAsync(first);
        ended.GetProperty("state").GetString().Should().Be("stopped");
        (await anna.UntilEndedAsync(third)).GetProperty("state").GetString().Should().Be("completed");
        (await anna.DeleteAsync($"experiments/{first}")).Status.Should().Be(409);
    }

    [Fact]
    public async Task What_was_under_way_goes_on_when_the_daemon_is_back()
    {
        string id;
        int measured;
        await using (RunningDaemon daemon = await RunningDaemon.StartAsync(_folder))
        {
            using ApiClient anna = await daemon.SeatedAsync();
            id = await anna.SubmitAsync(Recipes.With(("planner.measurements", "60"), ("exposure.dwell", "20 ms")));
            await anna.SubmitAsync(Recipes.Short);
            measured = (await anna.UntilMeasuredAsync(id, 8)).GetProperty("measured").GetInt32();
        }

        await using RunningDaemon again = await RunningDaemon.StartAsync(_folder);
        using ApiClient bert = again.Client("Bert");
        JsonElement ended = await bert.UntilEndedAsync(id);

        ended.GetProperty("state").GetString().Should().Be("completed");
        ended.GetProperty("measured").GetInt32().Should().Be(66).And.BeGreaterThan(measured);
        IReadOnlyList<JsonElement> events = await bert.EventsAsync(id);
        events.Select(static told => told.GetProperty("sequence").GetInt64())
            .Should().Equal(Enumerable.Range(1, events.Count).Select(static number => (long)number));
        events.Where(static told => told.GetProperty("kind").GetString() == "frame-recorded")
            .Select(static told => told.GetProperty("event").GetProperty("point").GetInt32())
            .Should().OnlyHaveUniqueItems();
        JsonElement[] all = [.. (await bert.GetAsync("experiments")).Json.EnumerateArray()];
        all.Should().HaveCount(2);
        await bert.UntilEndedAsync(all[0].GetProperty("id").GetString()!);
    }

    [Fact]
    public async Task What_a_person_ended_stays_ended_until_a_person_goes_on()
    {
        string id;
        await using (RunningDaemon daemon = await RunningDaemon.StartAsync(_folder))
        {
            using ApiClient anna = await daemon.SeatedAsync();
            id = await anna.SubmitAsync(Recipes.With(("planner.measurements", "40"), ("exposure.dwell", "20 ms")));
            await anna.UntilMeasuredAsync(id, 3);
            (await anna.PostAsync($"experiments/{id}/abort", new { })).Status.Should().Be(200);
            await anna.UntilEndedAsync(id);
        }

        await using RunningDaemon again = await RunningDaemon.StartAsync(_folder);
        using ApiClient bert = await again.SeatedAsync("Bert");
        JsonElement found = (await bert.GetAsync($"experiments/{id}")).Json;
        found.GetProperty("phase").GetString().Should().Be("ended");
        found.GetProperty("state").GetString().Should().Be("aborted");

        (await bert.PostAsync($"experiments/{id}/continue", new { })).Status.Should().Be(200);
        (await bert.UntilAsync(id, static status => status.GetProperty("state").GetString() == "completed"))
            .GetProperty("measured").GetInt32().Should().Be(46);
        await bert.UntilEndedAsync(id);
        (await bert.PostAsync($"experiments/{id}/continue", new { })).Status.Should().Be(409);
    }

    [Fact]
    public async Task A_recipe_that_cannot_be_run_names_its_keys_and_queues_nothing()
    {
        await using RunningDaemon daemon = await RunningDaemon.StartAsync(_folder);
        using ApiClient anna = await daemon.SeatedAsync();
        Dictionary<string, string> set = Recipes.With(("planner.measurements", "5000"), ("planer.seeds", "3"));

        Answer checkedAnswer = await anna.PostAsync("recipes/check", new { recipe = Recipes.Text, set });
        Answer submitted = await anna.PostAsync("experiments", new { recipe = Recipes.Text, set });

        checkedAnswer.Json.GetProperty("ok").GetBoolean().Should().BeFalse();
        checkedAnswer.Json.GetProperty("errors").EnumerateArray()
            .Select(static error => error.GetProperty("key").GetString())
            .Should().Contain("planer.seeds");
        submitted.Status.Should().Be(422);
        submitted.Json.GetProperty("errors").GetArrayLength().Should().BePositive();
        (await anna.GetAsync("experiments")).Json.GetArrayLength().Should().Be(0);
        Directory.EnumerateFileSystemEntries(_folder.Runs).Should().BeEmpty();
    }

    [Theory]
    [InlineData("microscope.data", "/etc/hosts")]
    [InlineData("microscope.data", "../tokens.json")]
    [InlineData("microscope.blanker", "command:/bin/true")]
    [InlineData("journal.connection", "Host=db.example")]
    public async Task A_request_names_no_file_program_or_database_of_the_machine(string key, string value)
    {
        await using RunningDaemon daemon = await RunningDaemon.StartAsync(_folder);
        using ApiClient anna = await daemon.SeatedAsync();
        Dictionary<string, string> set = Recipes.With((key, value));

        Answer answer = await anna.PostAsync("experiments", new { recipe = Recipes.Text, set });

        answer.Status.Should().Be(422);
        answer.Json.GetProperty("errors").EnumerateArray().Should()
            .Contain(error => error.GetProperty("key").GetString() == key
                && error.GetProperty("problem").GetString()!.Contains("may not name"));
    }

    [Fact]
    public async Task A_run_that_another_program_left_is_there_to_look_at()
    {
        string id;
        byte[] believed;
        await using (RunningDaemon daemon = await RunningDaemon.StartAsync(_folder))
        {
            using ApiClient anna = await daemon.SeatedAsync();
            id = await anna.SubmitAsync(Recipes.Short);
            await anna.UntilEndedAsync(id);
            believed = (await anna.GetAsync($"experiments/{id}/maps/prediction")).Bytes;
        }

        // As dkl run leaves it: without what the daemon notes.
        File.Delete(Path.Combine(_folder.Runs, id, "experiment.json"));
        File.Delete(Path.Combine(_folder.Runs, id, "learning.json"));
        await using RunningDaemon again = await RunningDaemon.StartAsync(_folder);
        using ApiClient bert = again.Client("Bert");

        JsonElement found = (await bert.GetAsync($"experiments/{id}")).Json;
        found.GetProperty("state").GetString().Should().Be("completed");
        found.GetProperty("measured").GetInt32().Should().Be(10);
        Answer derived = await bert.GetAsync($"experiments/{id}/maps/prediction");
        derived.Status.Should().Be(200);
        derived.Bytes.Should().Equal(believed);
        (await bert.GetAsync($"experiments/{id}/learning")).Json.GetProperty("steps").GetArrayLength()
            .Should().BePositive();
    }

    private static string? PhaseOf(Answer answer) => answer.Json.GetProperty("phase").GetString();
}
