using System.Text.Json;
using DklActors.Daemon.Tests.Daemons;
using DklActors.Host.Commands;

namespace DklActors.Daemon.Tests.Experiments;

/// <summary>Commands to a run that goes on: each is in its journal with who and why when it is answered.</summary>
public sealed class ControlTests : IDisposable
{
    private readonly DaemonFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_command_is_journaled_when_it_is_answered_and_the_run_can_be_derived_again()
    {
        string id;
        await using (RunningDaemon daemon = await RunningDaemon.StartAsync(_folder))
        {
            using ApiClient anna = await daemon.SeatedAsync("Änna");
            id = await anna.SubmitAsync(Recipes.With(("planner.measurements", "60"), ("exposure.dwell", "10 ms")));
            await anna.UntilMeasuredAsync(id, 12);

            await Does("note-added", HttpMethod.Post, "notes", new { text = "A note.", row = 3, column = 4 });
            await Does("run-paused", HttpMethod.Post, "pause", new { mode = "hard", reason = "Wait." });
            await Does("run-resumed", HttpMethod.Post, "resume", new { reason = "Go on." });
            await Does("scalarizer-changed", HttpMethod.Put, "scalarizer", new
            {
                keys = new { kind = "peak-maximum", window = "2.9 eV .. 3.5 eV" },
                reason = "Peaks.",
            });
            await Does("acquisition-changed", HttpMethod.Put, "acquisition", new
            {
                keys = new { acquisition = "upper-confidence-bound", beta = "2" },
                reason = "Bright places.",
            });
            await Does("region-excluded", HttpMethod.Post, "exclusions", new
            {
                area = new { rows = new[] { 0, 12 }, columns = new[] { 0, 12 } },
            });
            await Does("region-changed", HttpMethod.Put, "region", new
            {
                region = new { rows = new[] { 4, 36 }, columns = new[] { 4, 36 } },
            });
            await Does(
                "point-planned", HttpMethod.Post, "points", new { row = 5, column = 30, reason = "Look there." });
            JsonElement ended = await anna.UntilEndedAsync(id);

            ended.GetProperty("state").GetString().Should().Be("completed", ended.GetProperty("reason").GetString());
            JsonElement choices = ended.GetProperty("choices");
            choices.GetProperty("scalarizer").GetProperty("kind").GetString().Should().Be("peak-maximum");
            choices.GetProperty("planner").GetProperty("beta").GetString().Should().Be("2");
            choices.GetProperty("exclusions").GetArrayLength().Should().Be(1);
            JsonElement snapshot = (await anna.GetAsync($"experiments/{id}/snapshot")).Json;
            snapshot.GetProperty("notes")[0].GetProperty("by").GetString().Should().Be("Änna");
            snapshot.GetProperty("points").EnumerateArray()
                .Should().Contain(static point => point.GetProperty("rule").GetString() == "forced");

            async Task Does(string kind, HttpMethod method, string command, object body)
            {
                Answer answer = await anna.SendAsync(method, $"experiments/{id}/{command}", body);
                answer.Status.Should().Be(200, $"{command}: {answer.Text}");
                long sequence = answer.Json.GetProperty("sequence").GetInt64();
                Answer told = await anna.GetAsync($"experiments/{id}/events?after={sequence - 1}&limit=1");
                told.Json.GetProperty("events")[0].GetProperty("kind").GetString().Should().Be(kind);
            }
        }

        (await DklCommand.InvokeAsync(
            ["replay", Path.Combine(_folder.Runs, id), "--verify"], TimeProvider.System))
            .Should().Be((int)ExitCode.Done);
    }

    [Fact]
    public async Task A_change_or_a_preview_names_no_file_of_the_machine_but_one_of_the_data_folder()
    {
        string outside = Path.Combine(_folder.Root, "reference.npy");
        byte[] array = NumPy(64);
        await File.WriteAllBytesAsync(outside, array);
        await using RunningDaemon daemon = await RunningDaemon.StartAsync(_folder);
        await File.WriteAllBytesAsync(Path.Combine(_folder.Root, "data", "reference.npy"), array);
        using ApiClient anna = await daemon.SeatedAsync();
        string id = await anna.SubmitAsync(Recipes.Long);
        await anna.UntilMeasuredAsync(id, 2);

        foreach (string place in new[] { outside, "../reference.npy" })
        {
            object keys = new { kind = "component-weight", components = place };
            Answer[] answers =
            [
                await anna.PutAsync($"experiments/{id}/scalarizer", new { keys }),
                await anna.PostAsync($"experiments/{id}/preview/scalarizer", new { keys }),
                await anna.PostAsync($"experiments/{id}/points/1/view", new { scalarizer = keys }),
            ];
            answers.Should().OnlyContain(answer => answer.Status == 422 && answer.Text.Contains("may not name"));
        }

        Answer inside = await anna.PostAsync(
            $"experiments/{id}/preview/scalarizer",
            new { keys = new { kind = "component-weight", components = "reference.npy" } });
        inside.Text.Should().NotContain("may not name");
    }

    [Fact]
    public async Task What_cannot_be_done_is_refused_with_a_word()
    {
        await using RunningDaemon daemon = await RunningDaemon.StartAsync(_folder);
        using ApiClient anna = await daemon.SeatedAsync();
        string id = await anna.SubmitAsync(Recipes.Long);
        await anna.UntilMeasuredAsync(id, 2);

        await Refused(409, HttpMethod.Post, "points", new { row = 0, column = 0 });
        await Refused(409, HttpMethod.Post, "points", new { row = 4000, column = -7 });
        await Refused(422, HttpMethod.Post, "notes", new { text = " " });
        await Refused(422, HttpMethod.Post, "notes", new { text = "x", row = 3 });
        await Refused(422, HttpMethod.Put, "scalarizer", new { keys = new { kind = "band" } });
        await Refused(422, HttpMethod.Put, "acquisition", new { keys = new { acquisition = "magic" } });
        await Refused(
            422, HttpMethod.Post, "exclusions", new { area = new { rows = new[] { 5, 5 }, columns = new[] { 1, 2 } } });
        await Refused(400, HttpMethod.Post, "pause", new { mode = "sideways" });
        await Refused(400, HttpMethod.Post, "pause", new { mood = "soft" });
        (await anna.PostAsync("experiments/nowhere/pause", new { })).Status.Should().Be(404);
        (await anna.PostAsync($"experiments/{id}/halt", new { })).Status.Should().Be(200);
        (await anna.UntilEndedAsync(id)).GetProperty("state").GetString().Should().Be("halted");
        await Refused(409, HttpMethod.Post, "pause", new { });

        async Task Refused(int status, HttpMethod method, string command, object body)
        {
            Answer answer = await anna.SendAsync(method, $"experiments/{id}/{command}", body);
            answer.Status.Should().Be(status, $"{command}: {answer.Text}");
            answer.MediaType.Should().Be("application/problem+json");
            answer.Json.GetProperty("remedy").GetString().Should().NotBeNullOrEmpty();
        }
    }

    /// <summary>An array of ones, as NumPy writes it.</summary>
    private static byte[] NumPy(int length)
    {
        string header = $"{{'descr': '<f4', 'fortran_order': False, 'shape': ({length},), }}".PadRight(117) + "\n";
        using var file = new MemoryStream();
        using var writer = new BinaryWriter(file);
        writer.Write(new byte[] { 0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0 });
        writer.Write((ushort)header.Length);
        writer.Write(System.Text.Encoding.ASCII.GetBytes(header));
        for (int i = 0; i < length; i++)
        {
            writer.Write(1f);
        }

        return file.ToArray();
    }
}
