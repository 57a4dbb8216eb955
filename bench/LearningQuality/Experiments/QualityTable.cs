using DklActors.Learning.Ladder;

namespace DklActors.LearningQuality.Experiments;

/// <summary>Medians over runs, one line a checkpoint.</summary>
internal static class QualityTable
{
    public static void Print(IReadOnlyList<List<LadderStep>> runs, TextWriter output)
    {
        output.WriteLine("steps  rmse  (worst)  r2     nlpd   in68  in95  rank   best   refit/ms  epochs");
        for (int i = 0; i < runs[0].Count; i++)
        {
            int row = i;
            double Median(Func<LadderStep, double> value)
            {
                double[] sorted = [.. runs.Select(run => value(run[row])).Order()];
                return 0.5 * (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]);
            }

            double worst = runs.Max(run => run[row].Score.Rmse);
            string errors = Text($"{runs[0][i].Steps,5}  {Median(c => c.Score.Rmse):F4} ({worst:F4}) ");
            string fit = Text($"{Median(c => c.Score.RSquared),6:F3} {Median(c => c.Score.Nlpd),6:F2} ");
            string honesty = Text($"{Median(c => c.Score.Coverage68),5:F2} {Median(c => c.Score.Coverage95),5:F2} ");
            string search = Text($"{Median(c => c.Score.Spearman),6:F3} {Median(c => c.BestFound),6:F3} ");
            string cost = Text($"{Median(c => c.Refit.TotalMilliseconds),8:F1} {Median(c => c.Epochs),8:F1}");
            output.WriteLine(errors + fit + honesty + search + cost);
        }
    }

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
