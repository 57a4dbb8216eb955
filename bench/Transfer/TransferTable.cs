using System.Globalization;
using DklActors.Learning.Scoring;

namespace DklActors.Transfer;

/// <summary>Medians and quartiles over regions, and how often a way beats space-filling seeds.</summary>
internal static class TransferTable
{
    // Errors that space-filling seeds come to with so many points: how many does another way need?
    private static readonly int[] Reached = [10, 15, 30];

    // The median, and the quartiles about it.
    private static readonly double[] Shares = [0.5, 0.25, 0.75];

    public static void Print(IReadOnlyDictionary<Cell, MapScore[]> curves, int[] steps, TextWriter output)
    {
        foreach (IGrouping<string, Cell> scene in curves.Keys.GroupBy(static cell => cell.Scene))
        {
            Cell[] cells = [.. scene.Where(static cell => cell.Way == Way.SpaceFilling)
                .OrderBy(static cell => (cell.Pair, cell.Region))];
            output.WriteLine($"{scene.Key}: {cells.Length} runs a way, medians (quartiles)");
            output.WriteLine("| points | seeds chosen by | RMSE | better | RMSE over space-filling | NLPD "
                + "| 68 % holds | 95 % holds |");
            output.WriteLine("|---|---|---|---|---|---|---|---|");
            foreach (int step in steps)
            {
                foreach (Way way in Enum.GetValues<Way>())
                {
                    output.WriteLine(Row(curves, cells, step, way));
                }
            }

            foreach (int points in Reached.Where(points => points <= steps[^1]))
            {
                foreach (Way way in new[] { Way.Untrained, Way.Transferred })
                {
                    double[] ratios = [.. cells.Select(cell => Electrons(curves, cell, way, points))];
                    output.WriteLine(
                        $"electrons to the error of {points} points, {way}: {Text(ratios, "F2")} of space-filling");
                }
            }
        }
    }

    public static void WriteCsv(IReadOnlyDictionary<Cell, MapScore[]> curves, TextWriter output)
    {
        output.WriteLine("scene,pair,region,way,points,rmse,nlpd,coverage68,coverage95");
        foreach ((Cell cell, MapScore[] curve) in curves)
        {
            for (int i = 0; i < curve.Length; i++)
            {
                output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{cell.Scene},{cell.Pair},{cell.Region},{cell.Way},{RegionRun.FirstTraining + i},"
                    + $"{curve[i].Rmse:R},{curve[i].Nlpd:R},{curve[i].Coverage68:R},{curve[i].Coverage95:R}"));
            }
        }
    }

    private static string Row(IReadOnlyDictionary<Cell, MapScore[]> curves, Cell[] cells, int step, Way way)
    {
        double[] Of(Func<MapScore, double> value) => [.. cells.Select(cell => value(At(cell, way)))];
        double[] rmse = Of(static score => score.Rmse);
        double[] ratio =
            [.. cells.Select(cell => At(cell, way).Rmse / At(cell, Way.SpaceFilling).Rmse)];
        int better = ratio.Count(static value => value < 1);
        return $"| {step} | {way} | {Text(rmse, "F3")} | "
            + (way == Way.SpaceFilling ? "| " : $"{better} of {cells.Length} | {Text(ratio, "F2")} ")
            + $"| {Text(Of(static score => score.Nlpd), "F2")} "
            + $"| {Text(Of(static score => score.Coverage68), "F2")} "
            + $"| {Text(Of(static score => score.Coverage95), "F2")} |";

        MapScore At(Cell cell, Way by) => curves[cell with { Way = by }][step - RegionRun.FirstTraining];
    }

    /// <summary>
    /// Points until the error that space-filling seeds have at a number of points, over those that they need; each
    /// point costs the same. Where it is never reached, all points count.
    /// </summary>
    private static double Electrons(IReadOnlyDictionary<Cell, MapScore[]> curves, Cell cell, Way way, int points)
    {
        double error = curves[cell][points - RegionRun.FirstTraining].Rmse;
        return (double)Until(curves[cell with { Way = way }]) / Until(curves[cell]);

        int Until(MapScore[] curve)
        {
            int first = Array.FindIndex(curve, score => score.Rmse <= error);
            return RegionRun.FirstTraining + (first < 0 ? curve.Length : first);
        }
    }

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
