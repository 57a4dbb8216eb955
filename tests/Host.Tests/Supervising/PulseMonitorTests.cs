using DklActors.Actors.Interlock;
using DklActors.Host.Supervising;

namespace DklActors.Host.Tests.Supervising;

public sealed class PulseMonitorTests
{
    [Fact]
    public void One_heart_that_stands_still_is_enough()
    {
        List<Heart> hearts = [new(), new()];
        var monitor = new PulseMonitor(() => hearts);

        monitor.Look().Should().BeTrue("they are new");
        monitor.Look().Should().BeTrue("both were asked and answered");
        hearts[1].Answers = false;
        monitor.Look().Should().BeTrue("what was asked for before was answered");
        monitor.Look().Should().BeFalse();
        hearts.RemoveAt(1);
        monitor.Look().Should().BeTrue("that run is over");
    }

    private sealed class Heart : IBeamPulse
    {
        public bool Answers { get; set; } = true;

        public long Looks { get; private set; }

        public void Ask() => Looks += Answers ? 1 : 0;
    }
}
