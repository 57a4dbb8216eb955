using System.Text;
using DklActors.Host.Secrets;
using DklActors.Host.Tests.EndToEnd;
using DklActors.Messages.Events;
using DklActors.Support.Lines;

namespace DklActors.Host.Tests.Bridges;

/// <summary>Whole runs at the reference bridge: <c>dkl run</c> in a process, the bridge in another.</summary>
public sealed class BridgeRunTests : IDisposable
{
    private const int Points = 10;

    private readonly RunFolderOnDisk _folder = new();

    public void Dispose() => _folder.Dispose();

    [PythonFact(PythonBridge.Modules)]
    public async Task A_run_is_measured_and_derived_again_when_the_bridge_is_gone_and_holds_no_token()
    {
        string token;
        await using (PythonBridge bridge = await PythonBridge.StartAsync())
        {
            token = bridge.Token;
            using DklProcess run = await DklProcess.RunAsync(
                _folder.Parent, "run", BridgeRecipe.Write(_folder, bridge), "--out", _folder.Run, "--json",
                "--log-level", "debug");

            run.ExitCode.Should().Be(0, run.Error);
            run.Summary.GetProperty("points").GetInt32().Should().Be(Points);
        }

        _folder.Events().OfType<FrameRecorded>().Should().HaveCount(Points);
        using DklProcess verified = await DklProcess.RunAsync(_folder.Parent, "replay", _folder.Run, "--verify");
        verified.ExitCode.Should().Be(0, verified.Out + verified.Error);
        using DklProcess whatIf = await DklProcess.RunAsync(
            _folder.Parent, "replay", _folder.Run, "--what-if", "acquisition=ucb");
        whatIf.ExitCode.Should().Be(0, whatIf.Error);
        whatIf.Out.Should().Contain("is not asked");
        foreach (string file in Directory.EnumerateFiles(_folder.Run, "*", SearchOption.AllDirectories))
        {
            Encoding.Latin1.GetString(File.ReadAllBytes(file)).Should().NotContain(token, file);
        }
    }

    [PythonFact(PythonBridge.Modules)]
    public async Task A_daemon_that_is_killed_within_an_exposure_leaves_the_beam_blanked_and_goes_on()
    {
        await using PythonBridge bridge = await PythonBridge.StartAsync();
        string recipe = BridgeRecipe.Write(_folder, bridge, dwell: "400 ms");
        using (DklProcess first = DklProcess.Start(_folder.Parent, "run", recipe, "--out", _folder.Run))
        {
            await _folder.WaitForAsync<FrameRecorded>(3);
            using var watcher = new StateWatcher(bridge);
            await watcher.UntilAsync(isBlanked: false);
            await first.KillAsync();
            // Nobody tells it to: its heartbeat has stopped, or the dwell is over.
            await watcher.UntilAsync(isBlanked: true);
        }

        using DklProcess second = await DklProcess.RunAsync(_folder.Parent, "run", "--resume", _folder.Run, "--json");

        second.ExitCode.Should().Be(0, second.Error);
        IReadOnlyList<JournalEvent> events = _folder.Events();
        events.OfType<FrameRecorded>().Select(frame => frame.Point).Should().OnlyHaveUniqueItems();
        int unknown = events.OfType<ExposureOutcomeUnknown>().Count();
        unknown.Should().BeInRange(0, 2);
        events.OfType<SurveyRecorded>().Should().ContainSingle("the image is the one that was taken before");
    }

    [PythonFact(PythonBridge.Modules)]
    public async Task A_line_that_is_cut_pauses_the_run_which_goes_on_by_itself()
    {
        await using PythonBridge bridge = await PythonBridge.StartAsync();
        await using var line = new CuttableLine(bridge.Address);
        string recipe = BridgeRecipe.Write(_folder, bridge, line.Address, dwell: "100 ms", measurements: 26);
        using DklProcess run = DklProcess.Start(_folder.Parent, "run", recipe, "--out", _folder.Run, "--json");
        await _folder.WaitForAsync<FrameRecorded>(5);

        // Within an exposure the cut ends with it; how long a machine takes to journal the pause, nobody knows.
        for (int cuts = 0; cuts < 5 && !_folder.Events().OfType<RunPaused>().Any() && !run.HasExited; cuts++)
        {
            line.Cut();
            await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System);
            line.Mend();
            await _folder.WaitForAsync<FrameRecorded>(_folder.Events().OfType<FrameRecorded>().Count() + 1);
        }

        await run.EndAsync();

        run.ExitCode.Should().Be(0, run.Error);
        _folder.Events().OfType<RunPaused>().Should().Contain(paused => paused.By == "link");
        _folder.Events().OfType<RunResumed>().Should().NotBeEmpty();
        _folder.Events().OfType<FrameRecorded>().Select(frame => frame.Point).Should().OnlyHaveUniqueItems();
    }

    [PythonFact(PythonBridge.Modules)]
    public async Task A_bridge_that_is_killed_and_started_anew_is_gone_on_with()
    {
        await using PythonBridge bridge = await PythonBridge.StartAsync();
        string recipe = BridgeRecipe.Write(_folder, bridge, dwell: "100 ms", measurements: 16);
        using DklProcess run = DklProcess.Start(_folder.Parent, "run", recipe, "--out", _folder.Run, "--json");
        await _folder.WaitForAsync<FrameRecorded>(5);

        await bridge.KillAsync();
        await bridge.StartAgainAsync();
        await run.EndAsync();

        run.ExitCode.Should().Be(0, run.Error);
        IReadOnlyList<JournalEvent> events = _folder.Events();
        events.OfType<SurveyRecorded>().Should().ContainSingle();
        events.OfType<FrameRecorded>().Should().HaveCountGreaterThanOrEqualTo(18);
        events.OfType<FrameRecorded>().Select(frame => frame.Point).Should().OnlyHaveUniqueItems();
        // What was being exposed then is known to be unknown, charged, and not exposed again.
        foreach (ExposureOutcomeUnknown unknown in events.OfType<ExposureOutcomeUnknown>())
        {
            unknown.ChargedElectrons.Should().BePositive();
            events.OfType<FrameRecorded>().Should().NotContain(frame => frame.Point == unknown.Point);
        }
    }

    [PythonFact(PythonBridge.Modules)]
    public async Task A_beam_that_does_not_blank_ends_the_run_and_tells_the_operator()
    {
        await using PythonBridge bridge = await PythonBridge.StartAsync("--fault", "blank-sticks");
        using DklProcess run = await DklProcess.RunAsync(
            _folder.Parent, "run", BridgeRecipe.Write(_folder, bridge), "--out", _folder.Run, "--json");

        run.ExitCode.Should().Be(4, run.Error);
        (run.Out + run.Error).Should().Contain("COULD NOT BE BLANKED");
        _folder.Events().OfType<FrameRecorded>().Should().BeEmpty();
    }

    [PythonFact(PythonBridge.Modules)]
    public async Task A_probe_that_reads_back_elsewhere_gives_no_point()
    {
        await using PythonBridge bridge = await PythonBridge.StartAsync("--fault", "probe-elsewhere");
        using DklProcess run = await DklProcess.RunAsync(
            _folder.Parent, "run", BridgeRecipe.Write(_folder, bridge), "--out", _folder.Run, "--json");

        run.ExitCode.Should().Be(1, run.Error);
        _folder.Events().OfType<PointAbandoned>().Should().OnlyContain(abandoned =>
            abandoned.Reason.Contains("px away"));
        _folder.Events().OfType<ExposureIntended>().Should().BeEmpty("nothing is exposed at a wrong place");
    }

    [PythonFact(PythonBridge.Modules)]
    public async Task Frames_with_what_is_no_number_are_recorded_and_survived()
    {
        await using PythonBridge bridge = await PythonBridge.StartAsync("--fault", "nan");
        using DklProcess run = await DklProcess.RunAsync(
            _folder.Parent, "run", BridgeRecipe.Write(_folder, bridge), "--out", _folder.Run, "--json");

        run.ExitCode.Should().Be(0, run.Error);
        _folder.Events().OfType<FrameRecorded>().Should().HaveCount(Points);
    }

    [PythonFact(PythonBridge.Modules)]
    public async Task A_check_connects_blanks_and_estimates_and_moves_nothing()
    {
        await using PythonBridge bridge = await PythonBridge.StartAsync("--fault", "vacuum");
        string recipe = BridgeRecipe.Write(_folder, bridge);

        using DklProcess check = await DklProcess.RunAsync(_folder.Parent, "run", recipe, "--check");
        using DklProcess wrong = await DklProcess.RunAsync(
            _folder.Parent, "run", recipe, "--check", "--set", "microscope.detectorId=edx");
        OwnerOnlyFile.Make(Path.Combine(_folder.Parent, "other"), new string('x', 40));
        using DklProcess stranger = await DklProcess.RunAsync(
            _folder.Parent, "run", recipe, "--check", "--set", "microscope.tokenFile=other");

        check.ExitCode.Should().Be(0, check.Error);
        check.Out.Should().Contain("vacuum: 3e-6 mbar").And.Contain("Nothing was moved or exposed")
            .And.Contain("10 of 1156 candidates").And.NotContain("watchdog");
        wrong.ExitCode.Should().Be(2);
        wrong.Error.Should().Contain("microscope.detectorId").And.Contain("there are: eels");
        stranger.ExitCode.Should().Be(2);
        stranger.Error.Should().Contain("does not know this token").And.NotContain("xxxx");
        using var watcher = new StateWatcher(bridge);
        (await watcher.StateAsync()).GetProperty("probe").ValueKind.Should().Be(
            System.Text.Json.JsonValueKind.Null, "there was no survey");
    }
}
