using DklActors.Measuring;

namespace DklActors.Kernel.Messaging;

/// <summary>Messages a second, and what a message allocates, with bare channels as the peer in the same run.</summary>
internal static class MessagingBench
{
    /// <summary>Messages a second with many on the way, on two cores.</summary>
    private const double Goal = 3e6;

    private static readonly int[] InFlight = [1, 100, 1000];

    public static void Run(Report report, int rounds, ActorSystem system)
    {
        report.Heading("Ping-pong, messages/s");
        foreach (var inFlight in InFlight)
        {
            var messages = inFlight == 1 ? 200_000 : 2_000_000;
            using var channels = new ChannelPingPong(inFlight, messages);
            using var one = new PingPong(system, pairs: 1, inFlight, messages);
            using var eight = new PingPong(system, pairs: 8, inFlight, messages);
            Timing[] times = Contest.Run(rounds, channels.Run, one.Run, eight.Run);
            var suffix = $"{inFlight} in flight";
            double[] rates = [.. times.Select(time => Rate(messages, time))];
            report.Figure($"channels, {suffix}", rates[0] / 1e6, "M/s");
            report.Figure($"1 pair, {suffix}", rates[1] / 1e6, Against(rates[1], rates[0], inFlight));
            report.Figure($"8 pairs, {suffix}", rates[2] / 1e6, Against(rates[2], rates[0], inFlight));
            report.Figure($"1 pair, {suffix}: allocated", AllocatedBy(one.Run) / messages, "bytes a message");
        }

        report.Heading("Fan-in and ask");
        using var fanIn = new FanIn(system, 2_000_000);
        using var alone = new Asking(system, callers: 1, asks: 50_000);
        using var many = new Asking(system, callers: 100, asks: 200_000);
        Timing[] others = Contest.Run(rounds, fanIn.Run, alone.Run, many.Run);
        report.Figure("8 producers, one consumer", Rate(fanIn.Messages, others[0]) / 1e6, "M/s");
        report.Figure("fan-in: allocated", AllocatedBy(fanIn.Run) / fanIn.Messages, "bytes a message");
        report.Figure("ask, 1 caller", Rate(50_000, others[1]) / 1e6, "M/s");
        report.Figure("ask, 100 callers", Rate(200_000, others[2]) / 1e6, "M/s");
        report.Figure("ask: allocated", AllocatedBy(many.Run) / 200_000, "bytes an ask");
    }

    private static double Rate(int messages, Timing time) => messages / (time.Median / 1e3);

    private static string Against(double rate, double channels, int inFlight) =>
        FormattableString.Invariant($"M/s   ratio to channels {rate / channels,5:F2}")
        + (inFlight == 1 ? "" : FormattableString.Invariant($"   goal {Goal / 1e6:F1}   "))
        + (inFlight == 1 ? "" : rate >= Goal ? "met" : "MISSED");

    private static double AllocatedBy(Action run)
    {
        var before = GC.GetTotalAllocatedBytes(precise: true);
        run();
        return GC.GetTotalAllocatedBytes(precise: true) - before;
    }
}
