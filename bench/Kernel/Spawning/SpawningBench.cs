using DklActors.Measuring;

namespace DklActors.Kernel.Spawning;

/// <summary>The time to start and to stop 100,000 actors, and the memory that each holds while it waits.</summary>
internal static class SpawningBench
{
    private const int Size = 100_000;
    private const double MostBytes = 1000;

    public static void Run(Report report, int rounds, ActorSystem system)
    {
        report.Heading($"{Size:N0} actors");
        using var crowd = new Crowd(system, Size);
        var (spawning, stopping, bytes) = (new double[rounds], new double[rounds], new double[rounds]);
        Measure(crowd);
        for (var round = 0; round < rounds; round++)
        {
            (spawning[round], stopping[round], bytes[round]) = Measure(crowd);
        }

        report.Time("spawn", Timing.Of(spawning));
        report.Time("stop", Timing.Of(stopping));
        var each = Timing.Of(bytes).Median;
        report.Figure(
            "an idle actor", each, $"bytes   goal {MostBytes:F0}   {(each <= MostBytes ? "met" : "MISSED")}");
    }

    private static (double Spawning, double Stopping, double Bytes) Measure(Crowd crowd)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var spawning = Milliseconds(crowd.Spawn);
        var bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        return (spawning, Milliseconds(crowd.Stop), (double)bytes / Size);
    }

    private static double Milliseconds(Action action)
    {
        var start = TimeProvider.System.GetTimestamp();
        action();
        return TimeProvider.System.GetElapsedTime(start).TotalMilliseconds;
    }
}
