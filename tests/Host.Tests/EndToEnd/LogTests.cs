using System.Text.Json;
using System.Text.RegularExpressions;
using DklActors.Messages.Events;

namespace DklActors.Host.Tests.EndToEnd;

public sealed partial class LogTests
{
    [Fact]
    public async Task At_debug_each_line_has_the_run_and_each_line_about_a_point_the_point_in_text_and_json()
    {
        using var folder = new RunFolderOnDisk();
        using DklProcess dkl = await DklProcess.RunAsync(
            folder.Parent, "run", folder.WriteRecipe(), "--out", folder.Run, "--json", "--log-level", "debug");

        dkl.ExitCode.Should().Be(0, dkl.Error);
        string runId = dkl.Summary.GetProperty("run").GetString()!;
        JsonElement[] lines = LinesOf(folder);
        lines.Should().HaveCountGreaterThan(50)
            .And.OnlyContain(line => line.GetProperty("RunId").GetString() == runId)
            .And.OnlyContain(line => line.GetProperty("Source").GetString()!.Length > 0)
            .And.OnlyContain(line => !line.GetProperty("@mt").GetString()!.Contains("oint {")
                || Has(line, "Point"));

        string[] text = File.ReadAllLines(Path.Combine(folder.Run, "run.log"));
        text.Should().HaveSameCount(lines).And.OnlyContain(line => line.Contains($"[{runId}]"));
        for (int i = 0; i < text.Length; i++)
        {
            bool names = PointName().Match(text[i]) is { Success: true };
            names.Should().Be(lines[i].TryGetProperty("Point", out JsonElement point), text[i]);
            if (names)
            {
                text[i].Should().MatchRegex($@"\b{point.GetString()}\b");
            }
        }

        // The log tells what the journal knows.
        IReadOnlyList<JournalEvent> events = folder.Events();
        Recorded(lines).Should().Equal(events.OfType<FrameRecorded>().Select(
            frame => ($"{frame.Point}", frame.Attempt, frame.ChargedElectrons)));
    }

    [Fact]
    public async Task By_default_the_log_has_the_states_of_the_run_and_goes_on_when_it_is_resumed()
    {
        using var folder = new RunFolderOnDisk();
        using DklProcess first = await DklProcess.RunAsync(
            folder.Parent, "run", folder.WriteRecipe(measurements: 2), "--out", folder.Run, "--json");
        using DklProcess again = await DklProcess.RunAsync(folder.Parent, "run", "--resume", folder.Run, "--json");

        again.ExitCode.Should().Be(0, again.Error);
        JsonElement[] lines = LinesOf(folder);
        lines.Should().NotContain(line => Has(line, "Point"));
        lines.Where(line => Has(line, "State"))
            .Select(line => line.GetProperty("State").GetString())
            .Should().Equal("Preparing", "Running", "Completed", "Completed");
    }

    [Fact]
    public async Task A_level_that_is_none_is_refused()
    {
        using var folder = new RunFolderOnDisk();
        using DklProcess dkl = await DklProcess.RunAsync(
            folder.Parent, "run", folder.WriteRecipe(), "--out", folder.Run, "--log-level", "loud");

        dkl.ExitCode.Should().Be(2);
        dkl.Error.Should().Contain("loud");
        Directory.Exists(folder.Run).Should().BeFalse();
    }

    [Fact]
    public async Task A_log_that_cannot_be_written_ends_no_run()
    {
        using var folder = new RunFolderOnDisk();
        Directory.CreateDirectory(Path.Combine(folder.Run, "run.log"));
        using DklProcess dkl = await DklProcess.RunAsync(
            folder.Parent, "run", folder.WriteRecipe(measurements: 2), "--out", folder.Run, "--json");

        dkl.ExitCode.Should().Be(0, dkl.Error);
        Regex.Count(dkl.Error, "The log loses lines").Should().Be(1);
        LinesOf(folder).Should().NotBeEmpty("the other file is well");
    }

    private static bool Has(JsonElement line, string property) => line.TryGetProperty(property, out _);

    private static JsonElement[] LinesOf(RunFolderOnDisk folder) =>
        [.. File.ReadLines(Path.Combine(folder.Run, "run.jsonl")).Select(line => JsonDocument.Parse(line).RootElement)];

    private static IEnumerable<(string Point, int Attempt, double Electrons)> Recorded(JsonElement[] lines) => lines
        .Where(line => Has(line, "Frame"))
        .Select(line => (
            line.GetProperty("Point").GetString()!,
            line.GetProperty("Attempt").GetInt32(),
            line.GetProperty("Electrons").GetDouble()));

    [GeneratedRegex(@"\bp\d+\b")]
    private static partial Regex PointName();
}
