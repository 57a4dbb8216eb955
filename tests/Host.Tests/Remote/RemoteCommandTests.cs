using DklActors.Host.Tests.EndToEnd;

namespace DklActors.Host.Tests.Remote;

public sealed class RemoteCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dkl-remote-");
    private readonly FakeDaemon _daemon = new();

    public RemoteCommandTests()
    {
        string data = Directory.CreateDirectory(Path.Combine(_folder.FullName, "dkl-data")).FullName;
        File.WriteAllText(Path.Combine(data, "daemon.json"), $$"""{"url":"{{_daemon.Url}}","processId":1}""");
        File.WriteAllText(
            Path.Combine(data, "tokens.json"), $$"""{"observer":"o","controller":"{{FakeDaemon.Token}}"}""");
    }

    public void Dispose()
    {
        _daemon.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Status_shows_the_daemon_that_is_found_by_its_folder_and_all_it_has()
    {
        _daemon.Answer("GET daemon", 200, """
            {"version":"dkl 1","accepts":true,"freeDiskBytes":5000000000,"seat":{"name":"ada"},"experiments":[
              {"id":"silver-1","instrument":"simulated","phase":"live","state":"running","measured":3,"total":70},
              {"id":"silver-2","instrument":"simulated","phase":"queued","position":1,"state":"new","measured":0,
               "total":5,"reason":"[waits]"}]}
            """);

        using DklProcess status = await RunAsync("status");

        status.ExitCode.Should().Be(0, status.Error);
        status.Out.Should().Contain("ada has the seat").And.Contain("5.0 GB free").And.Contain("3 of 70")
            .And.Contain("queued 1").And.Contain("[waits]");
        _daemon.Headers["X-Dkl-Client"].Should().MatchRegex("^[A-Za-z0-9-]{8,64}$");
        _daemon.Headers.Should().ContainKey("X-Dkl-Name");
    }

    [Fact]
    public async Task Status_of_one_says_what_its_beam_does()
    {
        _daemon.Answer("GET experiments/silver-1", 200, """
            {"id":"silver-1","title":"Silver","phase":"live","state":"running","measured":3,"total":70,"etaS":90,
             "holds":[{"by":"disk","reason":"full"}],
             "beam":{"blanked":false,"exposing":{"point":4,"leftMs":80},"alarm":null,"watchdog":"armed"},
             "dose":{"electrons":1e6,"limitElectrons":2e6,"highestPixel":12,"limitPerPixel":null}}
            """);

        using DklProcess status = await RunAsync("status", "silver-1");

        status.Out.Should().Contain("exposing p4").And.Contain("watchdog armed").And.Contain("disk: full")
            .And.Contain("1 min 30 s left").And.Contain("1E+06 electrons of 2E+06");
    }

    [Fact]
    public async Task What_makes_things_safer_needs_no_seat()
    {
        _daemon.Answer("POST experiments/a/pause", 200, """{"sequence":12}""");
        _daemon.Answer("POST experiments/a/abort", 200, """{"sequence":13}""");

        using DklProcess pause = await RunAsync("pause", "a", "--hard", "--reason", "charging");
        using DklProcess abort = await RunAsync("abort", "a", "--json");

        pause.Out.Should().Contain("a: pause, journaled as event 12.");
        abort.Summary.GetProperty("sequence").GetInt32().Should().Be(13);
        _daemon.Asked.Should().Equal(
            """POST experiments/a/pause {"mode":"hard","reason":"charging"}""",
            """POST experiments/a/abort {"reason":null}""");
    }

    [Fact]
    public async Task A_campaign_is_asked_for_by_its_own_name()
    {
        _daemon.Answer("GET campaigns/silver-1", 200, """
            {"id":"silver-1","title":"Silver","phase":"live","state":"running","comparison":"none","regions":[
              {"name":"left","experiment":"silver-1-left","phase":"ended","state":"completed","measured":9,"total":9},
              {"name":"right","experiment":"silver-1-right","phase":"live","state":"running","measured":2,"total":9}]}
            """);
        _daemon.Answer("POST campaigns/silver-1/halt", 200, """{"sequence":21}""");

        using DklProcess status = await RunAsync("status", "silver-1", "--campaign");
        using DklProcess halt = await RunAsync("halt", "silver-1", "--campaign");

        status.Out.Should().Contain("left").And.Contain("9 of 9").And.Contain("2 of 9")
            .And.Contain("when the campaign is over");
        halt.Out.Should().Contain("silver-1: halt, journaled as event 21.");
    }

    [Fact]
    public async Task The_seat_is_taken_for_a_command_and_left_after_it()
    {
        _daemon.Answer("POST experiments/a/resume", 200, """{"sequence":1}""");

        using DklProcess resume = await RunAsync("resume", "a");

        resume.ExitCode.Should().Be(0, resume.Error);
        _daemon.Asked.Select(asked => asked.Split(" {")[0]).Should().Equal(
            "GET session", "POST seat", "POST experiments/a/resume", "DELETE seat");
    }

    [Fact]
    public async Task Nobody_is_moved_from_the_seat_unless_it_is_said()
    {
        _daemon.Answer("GET session", 200, """{"seat":{"client":"other","name":"ada","since":"2026-01-01"}}""");
        _daemon.Answer("POST experiments/a/stop", 200, """{"sequence":1}""");

        using DklProcess refused = await RunAsync("stop", "a");
        using DklProcess moved = await RunAsync("stop", "a", "--take-over", "--reason", "fire");

        refused.ExitCode.Should().Be(1);
        refused.Error.Should().Contain("ada has had the seat").And.Contain("--take-over");
        moved.ExitCode.Should().Be(0, moved.Error);
        _daemon.Asked.Should().Contain("""POST seat {"takeOver":true,"reason":"fire"}""");
    }

    [Fact]
    public async Task Submit_sends_recipe_and_changes_and_shows_what_is_wrong_with_them()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "r.yaml"), "version: 1\n");
        _daemon.Answer("POST experiments", 422, """
            {"detail":"The recipe cannot be run.","remedy":"Mend it.",
             "errors":[{"key":"patch","line":3,"problem":"too large","remedy":"choose 12 px"}]}
            """);

        using DklProcess submit = await RunAsync("submit", "r.yaml", "--set", "seed=3");

        submit.ExitCode.Should().Be(1);
        submit.Error.Should().Contain("The recipe cannot be run. Mend it.")
            .And.Contain("line 3: patch: too large; choose 12 px");
        _daemon.Asked.Should().Contain(
            """POST experiments {"recipe":"version: 1\n","set":{"seed":"3"},"instrument":null}""");
        _daemon.Asked.Last().Should().Be("DELETE seat");
    }

    [Fact]
    public async Task Notes_cancelling_and_going_on_are_asked_as_the_contract_says()
    {
        _daemon.Answer("POST experiments/a/notes", 200, """{"sequence":5}""");
        _daemon.Answer("DELETE experiments/a", 204, "");
        _daemon.Answer("POST experiments/a/continue", 200, """{"id":"a","phase":"queued"}""");

        using DklProcess note = await RunAsync("note", "a", "sample drifts");
        using DklProcess cancel = await RunAsync("cancel", "a");
        using DklProcess goOn = await RunAsync("continue", "a");

        (note.Out + cancel.Out + goOn.Out).Should().Contain("event 5").And.Contain("taken out").And.Contain("queued");
        _daemon.Asked.Should().Contain("""POST experiments/a/notes {"text":"sample drifts"}""");
    }

    [Fact]
    public async Task What_goes_wrong_is_one_line_with_what_to_do()
    {
        using DklProcess unknown = await RunAsync("status", "b");
        using DklProcess stranger = await RunAsync("status", "--token", "wrong");
        using DklProcess nobody = await RunAsync("status", "--url", "http://127.0.0.1:1");
        using DklProcess noAddress = await RunAsync("status", "--url", "localhost");
        using DklProcess noFolder = await RunAsync("status", "--data", "elsewhere");

        unknown.ExitCode.Should().Be(1);
        unknown.Error.Trim().Should().Be("dkl: There is nothing. Look.");
        stranger.Error.Should().Contain("does not know this token");
        nobody.Error.Should().Contain("does not answer").And.Contain("dkl doctor");
        noAddress.ExitCode.Should().Be(2);
        noFolder.Error.Should().Contain("has no daemon.json").And.Contain("dkl serve");
    }

    private Task<DklProcess> RunAsync(params string[] arguments) => DklProcess.RunAsync(_folder.FullName, arguments);
}
