using System.Globalization;
using DklActors.Reliability.Processes;

namespace DklActors.Reliability.Campaigns;

/// <summary>
/// Many killed runs from the command line: <c>--kills N --seed S [--lanes N] [--table FILE]</c>; or one of them again:
/// <c>--seed S --run R</c>.
/// </summary>
internal static class KillCampaign
{
    private const int MostShown = 20;

    public static async Task<int> RunAsync(string[] args)
    {
        if (args.Length % 2 != 0 || args.Where((_, i) => i % 2 == 0).Any(
            name => name is not ("--kills" or "--seed" or "--run" or "--lanes" or "--table")))
        {
            await Console.Error.WriteLineAsync(
                "Say --kills N --seed S [--lanes N] [--table FILE], or --seed S --run R.").ConfigureAwait(false);
            return 2;
        }

        Dictionary<string, string> options = args.Chunk(2).ToDictionary(pair => pair[0], pair => pair[1]);
        int seed = Number("--seed", 1);
        int firstRun = Number("--run", 0);
        int kills = options.ContainsKey("--run") ? 1 : Number("--kills", 500);
        int lanes = options.ContainsKey("--run") ? 1 : Number("--lanes", 2);
        return await RunAsync(seed, firstRun, kills, lanes, options.GetValueOrDefault("--table")).ConfigureAwait(false);

        int Number(string name, int otherwise) => options.TryGetValue(name, out string? text)
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : otherwise;
    }

    private static async Task<int> RunAsync(int seed, int firstRun, int wanted, int lanes, string? table)
    {
        string root = Directory.CreateTempSubdirectory("dkl-kills-").FullName;
        var tally = new CampaignTally(wanted);
        int next = firstRun;
        await Task.WhenAll(Enumerable.Range(0, lanes).Select(_ => Task.Run(RunLaneAsync))).ConfigureAwait(false);

        string report = KillTable.Of(tally.Kills);
        Console.WriteLine(report);
        Console.WriteLine(tally);
        if (table is not null)
        {
            await File.WriteAllTextAsync(table, report).ConfigureAwait(false);
        }

        if (tally.BrokenRuns == 0)
        {
            Directory.Delete(root, recursive: true);
        }

        return tally.BrokenRuns == 0 ? 0 : 1;

        async Task RunLaneAsync()
        {
            while (!tally.IsEnough)
            {
                int run = Interlocked.Increment(ref next) - 1;
                var folder = new VictimFolder(Path.Combine(root, $"{run}"));
                RunReport report = await new KilledRun(KillPlan.Of(seed, run), folder).RunAsync().ConfigureAwait(false);
                tally.Add(report);
                if (report.Breaches.Any())
                {
                    Show(seed, run, report, folder);
                }
                else
                {
                    Directory.Delete(folder.Root, recursive: true);
                }
            }
        }
    }

    private static void Show(int seed, int run, RunReport report, VictimFolder folder)
    {
        foreach (Kill kill in report.Kills.Where(kill => kill.Breaches.Count > 0))
        {
            Console.WriteLine($"Run {run}, process {kill.Process}, killed at {kill.Plan}:");
            Console.WriteLine(string.Join('\n', kill.Breaches.Take(MostShown)));
        }

        foreach (string breach in report.BreachesAtTheEnd.Take(MostShown).Select(breach => $"{breach}"))
        {
            Console.WriteLine($"Run {run}, in the end: {breach}");
        }

        Console.WriteLine($"Kept: {folder.Root}. Again: {Command(seed, run)}");
    }

    /// <summary>The line that does the same to the same run again; a kill at random comes about then.</summary>
    public static string Command(int seed, int run) =>
        $"dotnet run -c Release --project tests/Reliability -- --seed {seed} --run {run}";
}
