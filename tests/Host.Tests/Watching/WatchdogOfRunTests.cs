using DklActors.Host.Tests.EndToEnd;
using DklActors.Messages.Events;

namespace DklActors.Host.Tests.Watching;

/// <summary>
/// Real processes: a run that holds the beam, the watchdog that it started, and signals that no handler of it sees.
/// The dwell is longer than any patience, so that nobody but the watchdog blanks in time.
/// </summary>
[Collection(TestsOfSilence.Name)]
public sealed class WatchdogOfRunTests : IDisposable
{
    private const string EndlessDwell = "10 min";

    private readonly RunFolderOnDisk _folder = new();
    private readonly BeamLine _line;

    public WatchdogOfRunTests() => _line = new BeamLine(Path.Combine(_folder.Parent, "line"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_killed_process_leaves_the_beam_blanked()
    {
        using DklProcess run = Start(EndlessDwell);
        await UntilExposingAsync();

        await run.SignalAsync("KILL");
        await _line.UntilBlankedAsync();

        await run.EndAsync();
        await UntilLogSaysAsync("is gone: it closed the connection without disarming");
    }

    [Fact]
    public async Task A_process_that_stands_still_has_its_beam_blanked_and_the_exposure_does_not_count()
    {
        using DklProcess run = Start("15 s", attempts: 1);
        await UntilExposingAsync();

        await run.SignalAsync("STOP");
        await _line.UntilBlankedAsync();
        await UntilLogSaysAsync("no heartbeat of process");
        await run.SignalAsync("CONT");

        await _folder.WaitForAsync<ExposureFailed>(1);
        ExposureFailed failed = _folder.Events().OfType<ExposureFailed>().First();
        failed.Reason.Should().Contain("blanked by the");
        failed.ChargedElectrons.Should().BePositive("the sample had its beam until then");
        _folder.Events().OfType<FrameRecorded>().Should().BeEmpty();
        // Armed anew, it goes on by itself.
        await _line.UntilUnblankedAsync();
        await run.SignalAsync("KILL");
        await _line.UntilBlankedAsync();
        await run.EndAsync();
    }

    [Fact]
    public async Task Without_its_watchdog_a_run_is_held_and_with_a_new_one_it_goes_on()
    {
        using DklProcess run = Start("100 ms");
        await _folder.WaitForAsync<FrameRecorded>(2);

        using (var watchdog = System.Diagnostics.Process.GetProcessById(WatchdogId()))
        {
            watchdog.Kill();
        }

        await _folder.WaitForAsync<RunPaused>(1);
        _folder.Events().OfType<RunPaused>().First().By.Should().Be("watchdog");
        await run.EndAsync();

        run.ExitCode.Should().Be(0, run.Error);
        IReadOnlyList<JournalEvent> events = _folder.Events();
        events.OfType<RunResumed>().Should().NotBeEmpty();
        events.OfType<FrameRecorded>().Should().HaveCount(RunFolderOnDisk.SlowPoints, "nothing was given up");
        _line.IsBlanked.Should().BeTrue();
        File.ReadAllText(Log).Split('\n').Count(line => line.Contains("listens at")).Should().BeGreaterThan(1);
    }

    [Fact]
    public async Task A_run_that_ends_as_it_should_disarms_and_its_watchdog_goes_too()
    {
        using DklProcess run = Start("5 ms", measurements: 3);
        await run.EndAsync();

        run.ExitCode.Should().Be(0, run.Error);
        File.ReadAllText(Path.Combine(_folder.Run, "blankers.txt")).Should().BeEmpty();
        await UntilLogSaysAsync(" ends.");
        File.ReadAllText(Log).Should().Contain("disarmed by").And.NotContain("read back within");
        // It says so before it goes.
        string socket = Path.Combine(_folder.Run, "watchdog.sock");
        await BeamLine.UntilAsync(() => !File.Exists(socket), "the watchdog is gone");
    }

    // The survey has the beam too, before the first intent.
    private async Task UntilExposingAsync()
    {
        await _folder.WaitForAsync<ExposureIntended>(1);
        await _line.UntilUnblankedAsync();
    }

    private string Log => Path.Combine(_folder.Run, "watchdog.log");

    private DklProcess Start(string dwell, int measurements = RunFolderOnDisk.SlowPoints - 5, int attempts = 3) =>
        DklProcess.Start(
            _folder.Parent, "run", _folder.WriteRecipe(dwell, measurements), "--out", _folder.Run, "--json",
            "--set", $"microscope.blanker={_line.Spec}", "--set", $"exposure.attempts={attempts}");

    private int WatchdogId()
    {
        string line = File.ReadAllLines(Log).Last(line => line.Contains("listens at"));
        return int.Parse(line.Split("process ")[1].Split(' ')[0]);
    }

    private Task<TimeSpan> UntilLogSaysAsync(string text) => BeamLine.UntilAsync(
        () => File.Exists(Log) && File.ReadAllText(Log).Contains(text), $"the watchdog's log says '{text}'");
}
