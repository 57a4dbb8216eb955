using DklActors.Actors.Experiments;
using DklActors.Host.Running;
using DklActors.Host.Terminal;

namespace DklActors.Host.Tests.Terminal;

/// <summary>Somebody closes the connection over which an overnight run was started.</summary>
public sealed class ShieldedTerminalTests
{
    private static readonly RunProgress Progress = new()
    {
        State = RunState.Running, Measured = 10, Total = 60, Notice = "paused",
    };

    [Fact]
    public void Words_that_reach_nobody_are_logged_and_end_nothing()
    {
        List<string> lines = [];
        RunTerminal terminal = Broken(lines);
        FluentActions.Invoking(() => terminal.Say("Stopping at the next point.")).Should().NotThrow();
        lines.Should().ContainSingle().Which.Should().Contain("hung up");
    }

    [Fact]
    public async Task A_run_that_nobody_can_follow_any_more_is_waited_for()
    {
        List<string> lines = [];
        var clock = new ManualTimeProvider();
        var run = new TaskCompletionSource();
        Task following = Broken(lines, clock).FollowAsync(() => Progress, run.Task);
        clock.Advance(TimeSpan.FromMinutes(1));
        lines.Should().ContainSingle().Which.Should().Contain("hung up");
        following.IsCompleted.Should().BeFalse("the run goes on");

        run.SetException(new InvalidOperationException("what the run came to is the caller's to hear"));
        await following;
    }

    private static ShieldedTerminal Broken(List<string> lines, TimeProvider? clock = null) => new(
        new PlainTerminal(new HungUp(), null, clock ?? new ManualTimeProvider()),
        line => lines.Add($"{line.Template} {line.Properties["Reason"]}"),
        TimeProvider.System);

    private sealed class HungUp : StringWriter
    {
        public override void WriteLine(string? value) => throw new IOException("hung up");
    }
}
