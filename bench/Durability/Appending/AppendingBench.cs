using DklActors.Journal.Sqlite;
using DklActors.Measuring;

namespace DklActors.Durability.Appending;

/// <summary>Durable appends a second, with bare SQLite as the peer in the same run, in turns.</summary>
internal static class AppendingBench
{
    private const int InFlight = 4000;
    private const double GoalAlone = 1500;
    private const double GoalGrouped = 50_000;

    public static async Task RunAsync(Report report, string place, int rounds, TimeSpan length)
    {
        DirectoryInfo folder = Directory.CreateDirectory(Path.Combine(place, $"dkl-bench-{Environment.ProcessId}"));
        try
        {
            await using SqliteEventStore store = SqliteEventStore.Open(
                SqliteJournalOptions.For(Path.Combine(folder.FullName, "journal.db"), "bench") with
                {
                    QueueLimit = 2 * InFlight,
                },
                TimeProvider.System);
            using var alone = new JournalRound(store, "alone");
            using var grouped = new JournalRound(store, "grouped");
            using var bare = new BareSqlite(Path.Combine(folder.FullName, "bare.db"));
            await alone.RunAsync(length / 4, 1);
            await grouped.RunAsync(length / 4, InFlight);

            List<double>[] rates = [[], [], [], []];
            List<double> waits = [], groupedWaits = [];
            for (int round = 0; round < rounds; round++)
            {
                (double rate, List<double> each) = await alone.RunAsync(length, 1);
                rates[0].Add(rate);
                waits.AddRange(each);
                rates[1].Add(bare.Run(length, 1));
                (rate, each) = await grouped.RunAsync(length, InFlight);
                rates[2].Add(rate);
                groupedWaits.AddRange(each);
                rates[3].Add(bare.Run(length, 256));
            }

            report.Heading($"Durable appends a second, SQLite, median of {rounds}");
            report.Rate("one at a time, bare SQLite as the peer", Median(rates[0]), Median(rates[1]), "/s", 0);
            report.Note(Goal(Median(rates[0]), GoalAlone));
            Waits(report, "one at a time", waits);
            report.Rate($"{InFlight} on the way", Median(rates[2]), Median(rates[3]), "/s", 0);
            report.Note(Goal(Median(rates[2]), GoalGrouped));
            Waits(report, $"{InFlight} on the way", groupedWaits);
            report.Note($"{store.Streams.Sum(stream => store.Read(stream).LongCount())} events written");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Waits(Report report, string name, List<double> milliseconds)
    {
        milliseconds.Sort();
        report.Figure($"{name}: median wait", milliseconds[milliseconds.Count / 2], "ms");
        report.Figure($"{name}: 99 % wait", milliseconds[(int)(milliseconds.Count * 0.99)], "ms");
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static string Goal(double rate, double goal) =>
        FormattableString.Invariant($"goal {goal:F0}/s   {(rate >= goal ? "met" : "MISSED")}");
}
