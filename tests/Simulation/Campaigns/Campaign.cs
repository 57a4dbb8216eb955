using System.Collections.Concurrent;
using System.Globalization;
using DklActors.Simulation.Faults;
using DklActors.Simulation.Worlds;

namespace DklActors.Simulation.Campaigns;

/// <summary>
/// Many worlds from the command line: <c>--seeds FIRST..LAST</c>; or one: <c>--seed N</c>, with <c>--trace</c> by step.
/// </summary>
internal static class Campaign
{
    private const int MostShown = 1000;

    // Every so often a world is run again, to see that it is the same one.
    private const ulong SeedsPerRepetition = 20;

    public static int Run(string[] args)
    {
        if (args is ["--seed", var text, ..] && args.Length <= 3
            && ulong.TryParse(text, CultureInfo.InvariantCulture, out ulong seed))
        {
            return RunOne(seed, args is [.., "--trace"] ? Console.WriteLine : null);
        }

        if (args is ["--seeds", var range] && range.Split("..") is [var from, var to]
            && ulong.TryParse(from, CultureInfo.InvariantCulture, out ulong first)
            && ulong.TryParse(to, CultureInfo.InvariantCulture, out ulong last))
        {
            return RunMany(first, last);
        }

        Console.Error.WriteLine("Say --seed N [--trace], or --seeds FIRST..LAST.");
        return 2;
    }

    private static int RunOne(ulong seed, Action<string>? trace)
    {
        try
        {
            WorldReport report = new World(seed) { Trace = trace }.Run();
            Console.WriteLine(
                $"Seed {seed}: {report.Run} after {report.Processes} processes, {report.Steps} steps, "
                + $"{report.Events} events, fingerprint {report.Fingerprint:x16}.");
            Console.WriteLine(string.Join(", ", report.Faults.Select(fault => $"{fault.Key} {fault.Value}")));
            return 0;
        }
        catch (WorldBrokenException broken)
        {
            Console.WriteLine(broken);
            return 1;
        }
    }

    private static int RunMany(ulong first, ulong last)
    {
        var totals = new ConcurrentDictionary<FaultKind, long>();
        var ends = new ConcurrentDictionary<string, long>();
        var broken = new ConcurrentQueue<WorldBrokenException>();
        long steps = 0, events = 0, processes = 0, worlds = 0, looks = 0, rejected = 0, lost = 0, holds = 0;
        long started = TimeProvider.System.GetTimestamp();
        Parallel.ForEach(Range(first, last), seed =>
        {
            try
            {
                WorldReport report = new World(seed).Run();
                if (seed % SeedsPerRepetition == 0 && new World(seed).Run().Fingerprint != report.Fingerprint)
                {
                    throw new WorldBrokenException(
                        seed, new InvalidOperationException("It goes another way the second time."));
                }

                Interlocked.Add(ref steps, report.Steps);
                Interlocked.Add(ref events, report.Events);
                Interlocked.Add(ref processes, report.Processes);
                Interlocked.Add(ref looks, report.Drift.Looks);
                Interlocked.Add(ref rejected, report.Drift.Rejected);
                Interlocked.Add(ref lost, report.Drift.Lost);
                Interlocked.Add(ref holds, report.DriftHolds);
                ends.AddOrUpdate(report.Run.ToString(), 1, (_, count) => count + 1);
                foreach ((FaultKind kind, int count) in report.Faults)
                {
                    totals.AddOrUpdate(kind, count, (_, before) => before + count);
                }
            }
            catch (WorldBrokenException exception)
            {
                broken.Enqueue(exception);
                if (broken.Count <= MostShown)
                {
                    Console.WriteLine(exception.Message);
                }
            }

            long done = Interlocked.Increment(ref worlds);
            if (done % 5000 == 0)
            {
                Console.WriteLine($"{done} worlds, {broken.Count} broken");
            }
        });
        TimeSpan took = TimeProvider.System.GetElapsedTime(started);
        Console.WriteLine(
            $"{worlds} worlds, {processes} processes, {steps} steps, {events} events in {took.TotalSeconds:F0} s: "
            + $"{broken.Count} broken.");
        Console.WriteLine($"Ended as: {Listed(ends.OrderByDescending(end => end.Value))}");
        Console.WriteLine(
            $"Looks at the drift: {looks}, {rejected} of them rejected; {lost} lost; held back {holds} times.");
        Console.WriteLine($"Faults: {Listed(totals.OrderBy(total => total.Key))}");
        if (!broken.IsEmpty)
        {
            Console.WriteLine($"Broken seeds: {string.Join(' ', broken.Select(world => world.Seed).Order())}");
        }

        return broken.IsEmpty ? 0 : 1;
    }

    private static IEnumerable<ulong> Range(ulong first, ulong last)
    {
        for (ulong seed = first; seed <= last; seed++)
        {
            yield return seed;
        }
    }

    private static string Listed<T>(IEnumerable<KeyValuePair<T, long>> counts) =>
        string.Join(", ", counts.Select(count => $"{count.Key} {count.Value}"));
}
