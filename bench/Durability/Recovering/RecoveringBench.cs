using System.Diagnostics;
using System.Globalization;
using DklActors.Durability.Appending;
using DklActors.Journal.Sqlite;
using DklActors.Measuring;

namespace DklActors.Durability.Recovering;

/// <summary>Recovery of a long journal, in a process of its own so that its memory is only its own.</summary>
internal static class RecoveringBench
{
    private const int Rounds = 3;
    private const double GoalSeconds = 15;
    private const double GoalMebibytes = 300;

    public static async Task RunAsync(Report report, string place, int events)
    {
        DirectoryInfo folder = Directory.CreateDirectory(Path.Combine(place, $"dkl-bench-{Environment.ProcessId}"));
        try
        {
            string path = Path.Combine(folder.FullName, "journal.db");
            await using (SqliteEventStore store = SqliteEventStore.Open(
                SqliteJournalOptions.For(path, "bench") with { Deadline = TimeSpan.FromMinutes(5) },
                TimeProvider.System))
            {
                using var round = new JournalRound(store, "run");
                await round.FillAsync(events);
            }

            report.Heading($"Recovery of {events} events, {new FileInfo(path).Length >> 20} MiB, median of {Rounds}");
            double[][] results = [.. Enumerable.Range(0, Rounds).Select(_ => RecoverElsewhere(path))];
            double seconds = results.Select(result => result[0]).Order().ElementAt(Rounds / 2);
            double mebibytes = results.Select(result => result[1]).Order().ElementAt(Rounds / 2);
            report.Figure("time", seconds, $"s     goal {GoalSeconds:F0}    {Verdict(seconds <= GoalSeconds)}");
            report.Figure(
                "peak memory", mebibytes, $"MiB   goal {GoalMebibytes:F0}   {Verdict(mebibytes <= GoalMebibytes)}");
            report.Note($"{results[0][2]} events folded, {results[0][3]} points measured");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static double[] RecoverElsewhere(string path)
    {
        using Process process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["recover", path])
        {
            RedirectStandardOutput = true,
        })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return [.. output.Split(' ').Select(word => double.Parse(word, CultureInfo.InvariantCulture))];
    }

    private static string Verdict(bool met) => met ? "met" : "MISSED";
}
