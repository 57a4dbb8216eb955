using System.Globalization;
using DklActors.Learning.Scoring;

namespace DklActors.Transfer;

/// <summary>Medians and quartiles over regions, and how often a way beats starting from the seed.</summary>
internal static class TransferTable
{
    public static void Print(
        IReadOnlyDictionary<(int Seed, int Region, int Way), MapScore[]> scores,
        string[] ways,
        int[] steps,
        TextWriter output)
    {
        (int Seed, int Region)[] cells = [.. scores.Keys.Select(key => (key.Seed, key.Region)).Distinct().Order()];
        output.WriteLine($"{cells.Length} regions, medians (quartiles)");
        output.WriteLine(
            "| points | transfer | RMSE | better than none | ratio of RMSE to none | NLPD | 68 % holds | 95 % holds |");
        output.WriteLine("|---|---|---|---|---|---|---|---|");
        for (int step = 0; step < steps.Length; step++)
        {
            for (int way = 0; way < ways.Length; way++)
            {
                (int at, int by) = (step, way);
                double[] Of(Func<MapScore, double> value) =>
                    [.. cells.Select(cell => value(scores[(cell.Seed, cell.Region, by)][at]))];
                double[] rmse = Of(static score => score.Rmse);
                double[] none = [.. cells.Select(cell => scores[(cell.Seed, cell.Region, 0)][at].Rmse)];
                double[] ratio = [.. rmse.Zip(none, static (one, other) => one / other)];
                int better = ratio.Count(static value => value < 1);
                output.WriteLine(
                    $"| {steps[step]} | {ways[way]} | {Text(rmse, "F3")} | "
                    + (way == 0 ? "| " : $"{better} of {cells.Length} | {Text(ratio, "F2")} ")
                    + $"| {Text(Of(static score => score.Nlpd), "F2")} "
                    + $"| {Text(Of(static score => score.Coverage68), "F2")} "
                    + $"| {Text(Of(static score => score.Coverage95), "F2")} |");
            }
        }
    }

    // The median, and the quartiles about it.
    private static readonly double[] Shares = [0.5, 0.25, 0.75];

    private static string Text(double[] values, string format)
    {
        string[] texts =
        [
            .. Shares.Select(share =>
                Quantile(values, share).ToString(format, CultureInfo.InvariantCulture)),
        ];
        return $"{texts[0]} ({texts[1]}–{texts[2]})";
    }

    private static double Quantile(double[] values, double share)
    {
        double[] sorted = [.. values.Order()];
        double place = share * (sorted.Length - 1);
        int low = (int)place;
        return sorted[low] + ((place - low) * (sorted[Math.Min(low + 1, sorted.Length - 1)] - sorted[low]));
    }
}
