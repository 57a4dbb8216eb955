using DklActors.Reliability.Columns;
using DklActors.Reliability.Processes;

namespace DklActors.Reliability.Faults;

/// <summary>SIGSTOP with the beam on, for longer than the lease, and then SIGCONT.</summary>
public sealed class SuspensionTests : IDisposable
{
    private readonly BrokenRun _run = new(TimeSpan.FromMilliseconds(300), TimeSpan.FromMilliseconds(700));

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task A_process_that_stood_still_with_the_beam_on_goes_on_and_measures_nothing_twice()
    {
        using VictimProcess victim = _run.Start();
        (await victim.UntilAsync(() => _run.Register.IsOn && !_run.Register.Shots[^1].IsScan)).Should().BeTrue();
        await victim.SignalAsync("STOP");
        int stopped = _run.Register.Count - 1;
        _run.Register.IsOn.Should().BeTrue("the test has to come in time");

        await victim.UntilAsync(() => !_run.Register.IsOn);
        Shot shot = _run.Register.Shots[stopped];
        shot.BlankedAt.Should().Be(0, "nobody but the instrument's timer could blank");
        await victim.SignalAsync("CONT");
        await victim.EndAsync();

        victim.ExitCode.Should().Be(0, victim.Error);
        _run.Register.Shots[stopped].OnUntil(long.MaxValue).Should().Be(_run.Settings.Longest);
        _run.RequireCompletion();
    }
}
