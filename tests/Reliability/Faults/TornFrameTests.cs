using DklActors.Messages.Events;
using DklActors.Reliability.Invariants;
using DklActors.Reliability.Processes;

namespace DklActors.Reliability.Faults;

/// <summary>A disk that lied: a frame is gone in part after its event was durable.</summary>
public sealed class TornFrameTests : IDisposable
{
    private readonly BrokenRun _run = new(TimeSpan.FromMilliseconds(8), TimeSpan.FromMilliseconds(400));

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task A_frame_of_which_half_is_left_is_found_and_its_event_and_point_are_named()
    {
        using VictimProcess killed = await _run.RunAsync(it => it with
        {
            Failpoint = "point-scalarized-acknowledged",
            Passing = 3,
        });
        FrameRecorded torn = _run.Events<FrameRecorded>().ElementAt(1);
        string file = Directory.EnumerateFiles(_run.Folder.Run, $"{torn.FrameHash}.frame", SearchOption.AllDirectories)
            .Should().ContainSingle().Subject;
        using (FileStream frame = File.OpenWrite(file))
        {
            frame.SetLength(frame.Length / 2);
        }

        Evidence.Of(_run.Folder).Chain.FirstFault.Should().Contain($"frame-recorded, point {torn.Point}")
            .And.Contain(file);

        // The frames that are whole are not given up for one that is not.
        using VictimProcess resumed = await _run.RunAsync();
        resumed.ExitCode.Should().Be(0, resumed.Error);
        resumed.Out.Should().Contain("\"intact\":false").And.Contain($"point {torn.Point}");
    }
}
