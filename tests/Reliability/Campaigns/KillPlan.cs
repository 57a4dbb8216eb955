using DklActors.Reliability.Failpoints;

namespace DklActors.Reliability.Campaigns;

/// <summary>What a run of a campaign goes through; follows from the seed and the run's number alone.</summary>
/// <remarks>Every second kill is at a failpoint. Each failpoint has its turn, in an order of the seed's.</remarks>
internal sealed record KillPlan(RunSettings Settings, IReadOnlyList<PlannedKill> Kills)
{
    /// <summary>Of each run, if it does not come to its end before.</summary>
    public const int KillsPerRun = 8;

    private const int Points = 36;
    private const int MostPassings = 3;
    private const int MostAppends = 16;
    private const int EndsEvery = 3;

    // In which a run comes to the moments before there is an image.
    private static readonly string[] StartOrder =
        ["experiment-started", "survey-intended", "scan", "image-file", "survey-recorded"];

    private static readonly TimeSpan Dwell = TimeSpan.FromMilliseconds(8);
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(400);
    // Longer than a process takes to start, so that it finds the beam on.
    private static readonly TimeSpan VeryLong = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan StartUp = TimeSpan.FromMilliseconds(700);
    private static readonly TimeSpan OnePoint = TimeSpan.FromMilliseconds(30);

    /// <param name="seed">Of the campaign.</param>
    /// <param name="run">From 0.</param>
    public static KillPlan Of(int seed, int run)
    {
        var dice = new Random(HashOf(seed, run));
        var settings = new RunSettings(
            1 + dice.Next(1_000_000), Points, Dwell, dice.Next(3) == 0 ? VeryLong : Longest)
        {
            Model = dice.Next(2) == 0 ? "default" : "position",
        };
        IReadOnlyList<Failpoint> middle = Shuffled(seed, RunPhase.Middle);
        bool ends = run % EndsEvery == 0;
        return new KillPlan(
            settings,
            [
                At(Shuffled(seed, RunPhase.Start), run), AtRandom(),
                At(middle, 3 * run), AtRandom(),
                At(middle, (3 * run) + 1), AtRandom(),
                ends ? At(Shuffled(seed, RunPhase.End), run / EndsEvery) : At(middle, (3 * run) + 2), AtRandom(),
            ]);

        PlannedKill At(IReadOnlyList<Failpoint> failpoints, int turn)
        {
            Failpoint failpoint = failpoints[turn % failpoints.Count];
            bool comesOnce = failpoint.Phase != RunPhase.Middle
                || failpoint.Name.StartsWith("experiment-continued", StringComparison.Ordinal);
            return PlannedKill.At(failpoint, comesOnce ? 1 : 1 + dice.Next(MostPassings));
        }

        PlannedKill AtRandom() => dice.Next(4) == 0
            ? new PlannedKill(null, 0, 0, dice.NextDouble() * StartUp)
            : new PlannedKill(null, 0, 1 + dice.Next(MostAppends), dice.NextDouble() * OnePoint);
    }

    /// <summary>
    /// Two runs that between them die at every failpoint there is, each once, in the order in which a run comes to
    /// them, and some times at random.
    /// </summary>
    public static IReadOnlyList<KillPlan> OfEveryFailpoint(int seed)
    {
        // What shuts out a moment of the first run: an event, or the name of a file, that is there need not be made.
        string[] second =
        [
            Failpoint.AppendAcknowledged("experiment-started"), Failpoint.File("image", FileStep.Renamed),
            Failpoint.AppendAcknowledged("survey-recorded"), Failpoint.AppendAcknowledged("experiment-completed"),
        ];
        IReadOnlyList<Failpoint> middle = [.. Failpoint.All.Where(failpoint => failpoint.Phase == RunPhase.Middle)];
        IEnumerable<Failpoint> InSecond(RunPhase phase) => Failpoint.All
            .Where(failpoint => failpoint.Phase == phase && second.Contains(failpoint.Name))
            .OrderBy(failpoint => Array.IndexOf(second, failpoint.Name));
        IEnumerable<Failpoint> InFirst(RunPhase phase) => Failpoint.All
            .Where(failpoint => failpoint.Phase == phase).Except(InSecond(phase))
            .OrderBy(failpoint => Array.FindIndex(StartOrder, failpoint.Name.StartsWith));
        IEnumerable<Failpoint> even = middle.Where((_, i) => i % 2 == 0);
        IEnumerable<Failpoint> odd = middle.Where((_, i) => i % 2 == 1);
        return
        [
            PlanOf(seed, [.. InFirst(RunPhase.Start), .. even, .. InFirst(RunPhase.End)]),
            PlanOf(seed + 1, [.. InSecond(RunPhase.Start), .. odd, .. InSecond(RunPhase.End)]),
        ];
    }

    private static KillPlan PlanOf(int seed, IEnumerable<Failpoint> failpoints)
    {
        const int AtRandomEvery = 8;
        var dice = new Random(HashOf(seed, 0));
        var kills = new List<PlannedKill>();
        foreach (Failpoint failpoint in failpoints)
        {
            kills.Add(PlannedKill.At(failpoint, 1));
            if (kills.Count % AtRandomEvery == 0)
            {
                kills.Add(new PlannedKill(null, 0, 1, dice.NextDouble() * OnePoint));
            }
        }

        return new KillPlan(new RunSettings(seed, 2 * Points, Dwell, Longest), kills);
    }

    private static Failpoint[] Shuffled(int seed, RunPhase phase)
    {
        Failpoint[] all = [.. Failpoint.All.Where(failpoint => failpoint.Phase == phase)];
        new Random(HashOf(seed, (int)phase)).Shuffle(all);
        return all;
    }

    // Not HashCode, which differs from process to process.
    private static int HashOf(int seed, int part) => unchecked((seed * 1_000_003) + (part * 7919));
}
