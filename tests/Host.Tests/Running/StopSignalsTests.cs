using System.Runtime.InteropServices;
using DklActors.Host.Running;

namespace DklActors.Host.Tests.Running;

public sealed class StopSignalsTests
{
    [Fact]
    public void The_first_signal_stops_the_second_aborts_and_the_third_is_left_to_the_system()
    {
        List<string> heard = [];
        using var signals = new StopSignals(
            (_, _) => heard.Add("stop"), (_, _) => heard.Add("abort"), _ => heard.Add("words"));
        PosixSignalContext[] contexts =
        [
            new(PosixSignal.SIGINT), new(PosixSignal.SIGTERM), new(PosixSignal.SIGINT),
        ];
        foreach (PosixSignalContext context in contexts)
        {
            signals.OnSignal(context);
        }

        heard.Should().Equal(["stop", "words", "abort", "words"], "what has to happen comes before the words");
        contexts.Select(context => context.Cancel).Should().Equal(true, true, false);
    }
}
