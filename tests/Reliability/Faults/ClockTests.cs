using DklActors.Journal.Storage;
using DklActors.Messages.Events;
using DklActors.Reliability.Invariants;
using DklActors.Reliability.Processes;

namespace DklActors.Reliability.Faults;

/// <summary>Somebody sets the wall clock, by days, while a run is going on and while it is not.</summary>
public sealed class ClockTests : IDisposable
{
    private readonly BrokenRun _run = new(TimeSpan.FromMilliseconds(8), TimeSpan.FromMilliseconds(400));

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task A_wall_clock_that_jumps_by_days_breaks_no_chain_and_no_duration()
    {
        using VictimProcess killed = await _run.RunAsync(it => it with
        {
            ClockJumpDays = 3,
            Failpoint = "frame-recorded-acknowledged",
            Passing = 3,
        });
        killed.WasKilled.Should().BeTrue();

        using VictimProcess resumed = await _run.RunAsync(it => it with { ClockJumpDays = -400 });

        resumed.ExitCode.Should().Be(0, resumed.Error);
        _run.RequireCompletion();
        IReadOnlyList<StoredEvent> events = Evidence.Of(_run.Folder).Events;
        events.Zip(events.Skip(1)).Should().Contain(
            pair => pair.Second.Created < pair.First.Created - TimeSpan.FromDays(300), "the clock did jump");
        foreach (FrameRecorded frame in _run.Events<FrameRecorded>())
        {
            TimeSpan[] durations =
                [frame.Timing.ExposureStart, frame.Timing.Moved, frame.Timing.Exposed, frame.Timing.ReadOut];
            durations.Should().OnlyContain(each => each >= TimeSpan.Zero && each < TimeSpan.FromMinutes(3));
        }
    }
}
