using System.Globalization;
using System.Text;
using DklActors.Reliability.Failpoints;
using DklActors.Reliability.Invariants;

namespace DklActors.Reliability.Campaigns;

/// <summary>What was tried, a row for each moment, as Markdown.</summary>
internal static class KillTable
{
    public static string Of(IReadOnlyCollection<Kill> kills)
    {
        var text = new StringBuilder();
        text.AppendLine(
            "| moment of death | kills | beam on | on after death, at most | lost | broken | twice | unknown |");
        text.AppendLine("|---|--:|--:|--:|--:|--:|--:|--:|");
        IEnumerable<string> moments = Failpoint.All.Select(failpoint => failpoint.Where)
            .Concat([PlannedKill.AtRandomEarly, PlannedKill.AtRandom]);
        foreach (string moment in moments)
        {
            Add(text, moment, [.. kills.Where(kill => kill.Plan.Where == moment)]);
        }

        Add(text, "**all**", kills);
        return text.ToString();
    }

    private static void Add(StringBuilder text, string moment, IReadOnlyCollection<Kill> kills)
    {
        int on = kills.Count(kill => kill.BeamWasOn);
        string longest = on == 0 ? "–" : $"{kills.Max(kill => kill.OnAfterDeath).TotalMilliseconds:F0} ms";
        text.AppendLine(CultureInfo.InvariantCulture,
            $"| {moment} | {kills.Count} | {on} | {longest} | {Broken(Promise.NothingLost)} | "
            + $"{Broken(Promise.ChainWhole)} | {Broken(Promise.NothingTwice)} | {kills.Sum(kill => kill.Unknown)} |");

        int Broken(Promise promise) => kills.Sum(kill => kill.Broken(promise));
    }
}
