using System.Globalization;
using System.Text.Json;
using DklActors.Host.Running;
using DklActors.Host.Tests.EndToEnd;
using DklActors.Instruments.Files;

namespace DklActors.Host.Tests.Journals;

public sealed class JournalCommandTests(FinishedRun run) : IClassFixture<FinishedRun>
{
    [Fact]
    public async Task A_sound_journal_is_said_to_be_intact()
    {
        using DklProcess words = await DklAsync("verify", run.Folder);
        words.ExitCode.Should().Be(0, words.Error);
        words.Out.Should().MatchRegex("[0-9]+ events and [0-9]+ contents, all intact");

        using DklProcess json = await DklAsync("verify", run.Folder, "--json");
        json.ExitCode.Should().Be(0);
        json.Summary.GetProperty("intact").GetBoolean().Should().BeTrue();
        json.Summary.GetProperty("contents").GetInt32().Should().BeGreaterThan(FinishedRun.Points);
    }

    [Fact]
    public async Task A_damaged_frame_is_named_with_its_event_and_point_and_the_code_is_1()
    {
        string copy = run.Copy("damaged");
        string frame = Directory.EnumerateFiles(copy, "*.frame", SearchOption.AllDirectories).Order().First();
        byte[] bytes = await File.ReadAllBytesAsync(frame);
        bytes[bytes.Length / 2] ^= 0x10;
        await File.WriteAllBytesAsync(frame, bytes);

        using DklProcess dkl = await DklAsync("verify", copy, "--json");
        dkl.ExitCode.Should().Be(1);
        dkl.Summary.GetProperty("fault").GetString().Should().Contain(Path.GetFileNameWithoutExtension(frame))
            .And.MatchRegex(@"event [0-9]+ \(frame-recorded, point p[0-9]+\)");

        using DklProcess backup = await DklAsync("backup", copy, Path.Combine(run.Parent, "of-damaged"));
        backup.ExitCode.Should().Be(1);
        backup.Out.Should().Contain("not intact and was not finished");
        File.Exists(Path.Combine(run.Parent, "of-damaged", "journal.db")).Should().BeFalse();
    }

    [Fact]
    public async Task The_last_events_are_shown_one_a_line()
    {
        using DklProcess last = await DklAsync("tail", run.Folder, "-n", "3");
        string[] lines = last.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Should().HaveCount(3);
        lines[2].Should().Contain("experiment-completed").And.Contain("13 measured");

        using DklProcess scalars = await DklAsync(
            "tail", run.Folder, "--after", "0", "--type", "point-scalarized,frame-recorded", "--json", "--follow");
        scalars.ExitCode.Should().Be(0, "a run that has ended is not waited for");
        JsonElement[] events = [.. scalars.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement)];
        events.Should().HaveCount(2 * FinishedRun.Points);
        events.Select(element => element.GetProperty("sequence").GetInt64()).Should().BeInAscendingOrder();
        events[0].GetProperty("event").GetProperty("point").GetInt32().Should().Be(1);
    }

    [Fact]
    public async Task Every_format_is_written_and_nothing_is_written_over_unasked()
    {
        foreach (string format in new[] { "bluesky", "npz", "hspy", "csv" })
        {
            using DklProcess dkl = await DklAsync("export", run.Folder, "--format", format);
            dkl.ExitCode.Should().Be(0, dkl.Error);
        }

        string exports = Path.Combine(run.Folder, "exports");
        Directory.EnumerateFiles(exports).Select(Path.GetFileName).Should().BeEquivalentTo(
            "documents.jsonl", "frames.npz", "frames.hspy", "decisions.csv");
        RequireSameStory(exports);

        using DklProcess again = await DklAsync("export", run.Folder, "--format", "csv");
        again.ExitCode.Should().Be(2);
        again.Error.Should().Contain("--force");
        using DklProcess forced = await DklAsync("export", run.Folder, "--format", "csv", "--force");
        forced.ExitCode.Should().Be(0, forced.Error);
    }

    [Fact]
    public async Task A_backup_is_a_run_that_can_be_continued_and_is_brought_up_to_date_by_another()
    {
        string copy = Path.Combine(run.Parent, "backup");
        using DklProcess first = await DklAsync("backup", run.Folder, copy, "--json");
        first.ExitCode.Should().Be(0, first.Error);
        int contents = first.Summary.GetProperty("copied").GetInt32();
        contents.Should().BeGreaterThan(FinishedRun.Points);

        File.Delete(Directory.EnumerateFiles(copy, "*.frame", SearchOption.AllDirectories).First());
        using DklProcess second = await DklAsync("backup", run.Folder, copy, "--json");
        second.Summary.GetProperty("copied").GetInt32().Should().Be(1);
        second.Summary.GetProperty("kept").GetInt32().Should().Be(contents - 1);

        using DklProcess resumed = await DklProcess.RunAsync(run.Parent, "run", "--resume", copy, "--json");
        resumed.ExitCode.Should().Be(0, resumed.Error);
        resumed.Summary.GetProperty("points").GetInt32().Should().Be(FinishedRun.Points);
    }

    [Fact]
    public async Task A_backup_into_something_else_is_refused()
    {
        string other = Path.Combine(run.Parent, "other");
        Directory.CreateDirectory(other);
        await File.WriteAllTextAsync(Path.Combine(other, "thesis.tex"), "precious");
        using DklProcess foreign = await DklAsync("backup", run.Folder, other);
        foreign.ExitCode.Should().Be(2);
        foreign.Error.Should().Contain("not empty");

        using DklProcess inside = await DklAsync("backup", run.Folder, Path.Combine(run.Folder, "copy"));
        inside.ExitCode.Should().Be(2);
        inside.Error.Should().Contain("lies in it");
    }

    [Fact]
    public async Task Files_that_no_event_names_are_listed_then_removed_and_nothing_else()
    {
        string copy = run.Copy("untidy");
        string[] named = [.. Contents(copy)];
        string orphan = Path.Combine(copy, "frames", "ab", "ab" + new string('0', 62) + ".frame");
        Directory.CreateDirectory(Path.GetDirectoryName(orphan)!);
        await File.WriteAllTextAsync(orphan, "orphan");
        await File.WriteAllTextAsync(orphan + ".part", "half");

        using DklProcess dry = await DklAsync("prune", copy, "--dry-run");
        dry.ExitCode.Should().Be(0, dry.Error);
        dry.Out.Should().Contain("ab0").And.Contain("2 files with 10 bytes would be removed");
        Contents(copy).Should().HaveCount(named.Length + 2);

        using (RunFolder.Lock(copy))
        {
            using DklProcess locked = await DklAsync("prune", copy);
            locked.ExitCode.Should().Be(2);
            locked.Error.Should().Contain("in use by another process");
        }

        using DklProcess prune = await DklAsync("prune", copy);
        prune.ExitCode.Should().Be(0, prune.Error);
        prune.Out.Should().Contain("2 files with 10 bytes removed");
        Contents(copy).Should().BeEquivalentTo(named);
    }

    [Theory]
    [InlineData("holds no run", "verify", "nowhere")]
    [InlineData("holds no run", "tail", "nowhere")]
    [InlineData("holds no run", "backup", "nowhere", "copy")]
    [InlineData("holds no run", "prune", "nowhere")]
    [InlineData("holds no run", "export", "nowhere", "--format", "csv")]
    [InlineData("bluesky, npz, hspy, csv", "export", "run", "--format", "excel")]
    [InlineData("--format", "export", "run")]
    [InlineData("--signal-type belongs", "export", "run", "--format", "csv", "--signal-type", "EELS")]
    [InlineData("did you mean model-trained", "tail", "run", "--type", "model-traind")]
    [InlineData("whole numbers", "tail", "run", "-n", "-1")]
    public async Task What_cannot_be_done_is_refused_with_a_remedy(string remedy, params string[] arguments)
    {
        using DklProcess dkl = await DklAsync(arguments);

        dkl.ExitCode.Should().Be(2, dkl.Out + dkl.Error);
        dkl.Error.Should().Contain(remedy).And.NotContain("   at ");
        Directory.Exists(Path.Combine(run.Parent, "nowhere")).Should().BeFalse();
    }

    private static void RequireSameStory(string exports)
    {
        using ArrayContainer arrays = ArrayContainer.Open(Path.Combine(exports, "frames.npz"));
        DataArray spectra = arrays.Read("spectra"), scalars = arrays.Read("scalar"), points = arrays.Read("point");
        spectra.Shape.Should().Equal(FinishedRun.Points, 400);
        arrays.Read("energy_eV").Count.Should().Be(400);
        arrays.Read("image").Shape.Should().Equal(40, 40);
        arrays.Read("probe_px").Shape.Should().Equal(FinishedRun.Points, 2);

        string[][] rows = [.. File.ReadLines(Path.Combine(exports, "decisions.csv")).Select(row => row.Split(','))];
        int scalar = Array.IndexOf(rows[0], "scalar");
        rows.Skip(1).Select(row => int.Parse(row[0], CultureInfo.InvariantCulture))
            .Should().Equal(points.ToDoubles().Select(point => (int)point));
        rows.Skip(1).Select(row => double.Parse(row[scalar], CultureInfo.InvariantCulture))
            .Should().Equal(scalars.ToDoubles());

        double[] told = [.. File.ReadLines(Path.Combine(exports, "documents.jsonl"))
            .Select(line => JsonDocument.Parse(line).RootElement[1])
            .Where(document => document.TryGetProperty("data", out JsonElement data)
                && data.TryGetProperty("scalar", out _))
            .Select(document => document.GetProperty("data").GetProperty("scalar").GetDouble())];
        told.Should().Equal(scalars.ToDoubles());
    }

    private static IEnumerable<string> Contents(string folder) => new[] { "frames", "models" }.SelectMany(
        name => Directory.EnumerateFiles(Path.Combine(folder, name), "*", SearchOption.AllDirectories));

    private Task<DklProcess> DklAsync(params string[] arguments) =>
        DklProcess.RunAsync(run.Parent, ["journal", .. arguments]);
}
