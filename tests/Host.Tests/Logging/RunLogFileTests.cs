using System.Text.Json;
using DklActors.Actors.Running;
using DklActors.Host.Logging;

namespace DklActors.Host.Tests.Logging;

/// <summary>The log is for people and machines, and no run waits for it or ends with it.</summary>
public sealed class RunLogFileTests : IDisposable
{
    private const string RunId = "silver-1";

    private readonly string _folder = Directory.CreateTempSubdirectory("dkl-log-").FullName;

    private string Text => Path.Combine(_folder, "logs", "run.log");

    private string Json => Path.Combine(_folder, "logs", "run.jsonl");

    public static TheoryData<string, object?> Odd => new()
    {
        { "not closed {A", 1 },
        { "not opened } {A}", 1 },
        { "{} {A B} {A}", 1 },
        { "{A:no such format} {Missing} {0}", 1.5 },
        { "{A,99999}", "wide" },
        { "{@A}", new Mute() },
        { "{A}", new Mute() },
        { "{A}", null },
        { "{A}", new[] { 1, 2 } },
        { "{A}", double.NaN },
        { "line\nbreak {A}", "\"quoted\"\n" },
        { "", 1 },
    };

    [Theory]
    [MemberData(nameof(Odd))]
    public async Task A_line_is_written_whatever_its_template_and_its_arguments_are(string template, object? argument)
    {
        await using (RunLogFile log = Open())
        {
            log.Write(Line(template, ("A", argument), ("", 1), (" ", 2), ("Point", "p7")));
            await log.DisposeAsync();
            log.Lost.Should().Be(0);
        }

        JsonElement line = JsonLines().Should().ContainSingle().Which;
        line.GetProperty("@mt").GetString().Should().Be(template);
        line.GetProperty("RunId").GetString().Should().Be(RunId);
        line.GetProperty("Point").GetString().Should().Be("p7");
        line.TryGetProperty("A", out _).Should().BeTrue();
    }

    [Fact]
    public async Task A_line_has_its_properties_by_name_and_its_exception()
    {
        await using (RunLogFile log = Open())
        {
            log.Write(Line(
                "Point {Point}, attempt {Attempt}: {Reason}", ("Point", "p7"), ("Attempt", 2), ("Reason", "why"))
                with { Level = RunLogLevel.Warning, Cause = new InvalidOperationException("broken") });
            log.Write(Line("no text") with { Cause = new Unspeakable() });
        }

        JsonElement line = JsonLines()[0];
        line.GetProperty("@l").GetString().Should().Be("Warning");
        line.GetProperty("@t").GetDateTimeOffset().Should().Be(DateTimeOffset.UnixEpoch);
        line.GetProperty("@x").GetString().Should().Contain("broken");
        line.GetProperty("Attempt").GetInt32().Should().Be(2);
        line.GetProperty("Source").GetString().Should().Be($"akka://dkl/user/experiments/experiment-{RunId}");
        line.GetProperty("Actor").GetString().Should().Be("experiment");
        JsonLines()[1].GetProperty("@x").GetString().Should().Contain("Unspeakable, which has no text");
        File.ReadLines(Text).First().Should().EndWith($"WRN [{RunId}] experiment: Point p7, attempt 2: why");
    }

    [Fact]
    public async Task Lines_below_the_level_are_left_out()
    {
        await using (RunLogFile log = Open(level: RunLogLevel.Warning))
        {
            log.Write(Line("quiet"));
            log.Write(Line("loud") with { Level = RunLogLevel.Error });
        }

        JsonLines().Should().ContainSingle().Which.GetProperty("@mt").GetString().Should().Be("loud");
    }

    [Fact]
    public async Task It_takes_no_more_of_the_disk_than_its_bounds_and_keeps_the_newest_lines()
    {
        await using (RunLogFile log = Open(new LogBounds(2_000, 2, 1_000)))
        {
            for (int i = 0; i < 200; i++)
            {
                log.Write(Line("{Number}", ("Number", i)));
            }
        }

        string[] files =
            [.. Directory.GetFiles(Path.GetDirectoryName(Text)!).Select(path => Path.GetFileName(path)!).Order()];
        files.Should().Equal("run.1.jsonl", "run.1.log", "run.2.jsonl", "run.2.log", "run.jsonl", "run.log");
        Directory.GetFiles(Path.GetDirectoryName(Text)!).Should()
            .OnlyContain(path => new FileInfo(path).Length <= 2_000);
        int[] kept =
        [
            .. new[] { ".2.jsonl", ".1.jsonl", ".jsonl" }.SelectMany(end => JsonLines(Path.ChangeExtension(Json, end)))
                .Select(line => line.GetProperty("Number").GetInt32()),
        ];
        kept.Should().Equal(Enumerable.Range(200 - kept.Length, kept.Length)).And.HaveCountGreaterThan(5);
    }

    [Fact]
    public async Task A_log_that_cannot_be_written_is_told_once_and_its_lost_lines_are_counted_when_it_can_be_again()
    {
        List<string> told = [];
        var first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using RunLogFile log = Open(makeFolder: false);
        log.Faulted += text =>
        {
            told.Add(text);
            first.TrySetResult();
        };
        log.Write(Line("lost one"));
        log.Write(Line("lost two"));
        var between = new Gate();
        log.Write(Line("lost three {Gate}", ("Gate", between)));
        await between.Reached.Task;
        await first.Task;
        Directory.CreateDirectory(Path.GetDirectoryName(Text)!);
        between.Open();
        log.Write(Line("back again"));
        await log.DisposeAsync();

        log.Lost.Should().Be(2, "the third found the folder");
        told.Should().ContainSingle().Which.Should().Contain("The run goes on");
        JsonLines().Select(line => line.GetProperty("@mt").GetString()).Should().Equal(
            "lost three {Gate}", "{Lost} lines of the log were lost up to here", "back again");
        JsonLines()[1].GetProperty("Lost").GetInt32().Should().Be(2);
    }

    [Fact]
    public async Task Who_logs_does_not_wait_for_a_slow_disk_and_every_line_dropped_is_counted()
    {
        var slow = new Gate();
        await using RunLogFile log = Open(new LogBounds(100_000, 1, 10));
        log.Write(Line("{Gate}", ("Gate", slow)));
        await slow.Reached.Task;
        for (int i = 0; i < 25; i++)
        {
            log.Write(Line("{Number}", ("Number", i)));
        }

        log.Lost.Should().Be(15, "ten wait");
        slow.Open();
        await log.DisposeAsync();
        JsonLines().Count(line => line.TryGetProperty("Number", out _)).Should().Be(10);
        JsonLines()[1].GetProperty("Lost").GetInt32().Should().Be(15);
        log.Write(Line("too late"));
        log.Lost.Should().Be(16);
    }

    [Fact]
    public async Task A_line_that_a_kill_tore_does_not_spoil_the_next_one()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Text)!);
        File.WriteAllText(Json, "{\"@t\":\"2026-01-0");
        await using (RunLogFile log = Open())
        {
            log.Write(Line("after"));
        }

        string[] lines = File.ReadAllLines(Json);
        lines.Should().HaveCount(2);
        JsonDocument.Parse(lines[1]).RootElement.GetProperty("@mt").GetString().Should().Be("after");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private RunLogFile Open(
        LogBounds? bounds = null, RunLogLevel level = RunLogLevel.Information, bool makeFolder = true)
    {
        if (makeFolder)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Text)!);
        }

        return new RunLogFile(Text, Json, RunId, level, bounds ?? LogBounds.Default, TimeProvider.System);
    }

    private JsonElement[] JsonLines(string? path = null) =>
        [.. File.ReadLines(path ?? Json).Select(line => JsonDocument.Parse(line).RootElement)];

    private static RunLogLine Line(string template, params (string Name, object? Value)[] properties) => new(
        DateTimeOffset.UnixEpoch,
        RunLogLevel.Information,
        $"akka://dkl/user/experiments/experiment-{RunId}",
        template,
        properties.ToDictionary(property => property.Name, property => property.Value),
        null);

    private sealed class Mute
    {
        public override string ToString() => throw new InvalidOperationException("no text");
    }

    private sealed class Unspeakable : Exception
    {
        public override string ToString() => throw new NotSupportedException();
    }

    /// <summary>An argument whose text is long in coming: until then the log is at this line.</summary>
    private sealed class Gate
    {
        private readonly object _gate = new();
        private bool _isOpen;

        public TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Open()
        {
            lock (_gate)
            {
                _isOpen = true;
                Monitor.PulseAll(_gate);
            }
        }

        public override string ToString()
        {
            Reached.TrySetResult();
            lock (_gate)
            {
                while (!_isOpen)
                {
                    Monitor.Wait(_gate);
                }
            }

            return "open";
        }
    }
}
