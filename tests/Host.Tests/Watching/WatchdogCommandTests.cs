using DklActors.Actors.Interlock;
using DklActors.Host.Tests.EndToEnd;
using DklActors.Host.Watching;
using DklActors.Host.Watching.Linking;
using DklActors.Instruments.Blankers;

namespace DklActors.Host.Tests.Watching;

/// <summary>A watchdog that runs by itself, as one of systemd does, and daemons that come and go.</summary>
[Collection(TestsOfSilence.Name)]
public sealed class WatchdogCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dkl-watch-");
    private readonly BeamLine _line;
    private readonly BeamLine _other;

    public WatchdogCommandTests()
    {
        _line = new BeamLine(At("line"));
        _other = new BeamLine(At("other"));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_heart_that_does_not_beat_for_one_instrument_blanks_that_one_alone()
    {
        using DklProcess watchdog = Start();
        using WatchdogLink link = Link();
        var alive = new Heart();
        var hung = new Heart();
        using WatchedBlanker first = link.Watch(SpecOf(_line));
        using WatchedBlanker second = link.Watch(SpecOf(_other));
        await first.ArmAsync(alive, CancellationToken.None);
        await second.ArmAsync(hung, CancellationToken.None);
        _line.Unblank();
        _other.Unblank();

        hung.Stops = true;
        await _other.UntilBlankedAsync();

        _line.IsBlanked.Should().BeFalse("its own heart beats");
        first.State.Should().Be(WatchState.Armed);
        await BeamLine.UntilAsync(() => second.State == WatchState.Lost, "the daemon is told");
        second.Trouble.Should().Contain("no heartbeat");

        hung.Stops = false;
        await BeamLine.UntilAsync(() => second.State == WatchState.Armed, "it is armed anew");
        _other.IsBlanked.Should().BeTrue("a watchdog never unblanks");
    }

    [Fact]
    public async Task It_outlives_a_daemon_and_guards_the_next_one()
    {
        using DklProcess watchdog = Start();
        using (WatchdogLink first = Link())
        {
            WatchedBlanker watched = first.Watch(SpecOf(_line));
            await watched.ArmAsync(new Heart(), CancellationToken.None);
        }

        using WatchdogLink second = Link();
        using WatchedBlanker again = second.Watch(SpecOf(_line));
        await again.ArmAsync(new Heart(), CancellationToken.None);
        again.State.Should().Be(WatchState.Armed);
        watchdog.HasExited.Should().BeFalse();
    }

    [Fact]
    public async Task A_blanker_that_another_daemon_has_is_not_shared()
    {
        using DklProcess watchdog = Start();
        using WatchdogLink one = Link();
        using WatchdogLink two = Link();
        using WatchedBlanker mine = one.Watch(SpecOf(_line));
        using WatchedBlanker yours = two.Watch(SpecOf(_line));
        await mine.ArmAsync(new Heart(), CancellationToken.None);

        Task arming = yours.ArmAsync(new Heart(), CancellationToken.None);
        await BeamLine.UntilAsync(() => yours.Trouble?.Contains("has armed it") == true, "it is refused");
        mine.Dispose();
        await arming;

        yours.State.Should().Be(WatchState.Armed);
    }

    [Fact]
    public async Task A_watchdog_that_is_told_to_end_blanks_what_it_guards_first()
    {
        using DklProcess watchdog = Start();
        using WatchdogLink link = Link();
        using WatchedBlanker watched = link.Watch(SpecOf(_line));
        await watched.ArmAsync(new Heart(), CancellationToken.None);
        _line.Unblank();

        await watchdog.SignalAsync("TERM");
        await watchdog.EndAsync();

        _line.IsBlanked.Should().BeTrue();
        watchdog.ExitCode.Should().Be(0, watchdog.Error);
        await BeamLine.UntilAsync(() => watched.State == WatchState.Lost, "the daemon notices");
    }

    [Fact]
    public async Task Blank_now_blanks_what_is_named_and_what_a_daemon_had_armed()
    {
        _line.Unblank();
        _other.Unblank();
        File.WriteAllText(At("blankers.txt"), $"{_other.Spec}\n");

        using DklProcess blank = await DklProcess.RunAsync(
            _folder.FullName, "watchdog", "--blank-now", "file:line", "--data", ".");

        blank.ExitCode.Should().Be(0, blank.Error);
        _line.IsBlanked.Should().BeTrue();
        _other.IsBlanked.Should().BeTrue();
        blank.Error.Should().Contain("blanked and read back");
    }

    [Fact]
    public async Task Blank_now_fails_aloud_where_a_blanker_does_not_answer()
    {
        using DklProcess blank = await DklProcess.RunAsync(
            _folder.FullName, "watchdog", "--blank-now", "command:absent");

        blank.ExitCode.Should().Be(1);
        blank.Error.Should().Contain("COULD NOT BE BLANKED").And.Contain("Close the column valves");
    }

    [Theory]
    [InlineData("--socket is missing", "watchdog")]
    [InlineData("names no blanker", "watchdog", "--blank-now", "line")]
    [InlineData("cannot be listened at", "watchdog", "--socket", "no/such/folder/w.sock")]
    public async Task Wrong_use_is_said(string message, params string[] arguments)
    {
        using DklProcess dkl = await DklProcess.RunAsync(_folder.FullName, arguments);

        dkl.ExitCode.Should().Be(2);
        dkl.Error.Should().Contain(message);
    }

    private static BlankerSpec SpecOf(BeamLine line) => new(BlankerKind.File, line.Path);

    private DklProcess Start() => DklProcess.Start(
        _folder.FullName, "watchdog", "--socket", At("w.sock"), "--log", At("watchdog.log"));

    private WatchdogLink Link() => WatchdogLink.Start(
        new WatchdogOptions { Address = At("w.sock"), Starts = false, Patience = TimeSpan.FromMinutes(2) },
        TimeProvider.System,
        static _ => { });

    private string At(string name) => Path.Combine(_folder.FullName, name);

    private sealed class Heart : IBeamPulse
    {
        private long _looks;

        public volatile bool Stops;

        public long Looks => Interlocked.Read(ref _looks);

        public void Ask()
        {
            if (!Stops)
            {
                Interlocked.Increment(ref _looks);
            }
        }
    }
}
