using DklActors.Actors.Replaying.Counterfactuals;
using DklActors.Learning.Candidates;
using DklActors.Learning.Posteriors;
using DklActors.Learning.Scoring;

namespace DklActors.Host.Replaying;

/// <summary>How far another choice agrees with a run, on what was measured.</summary>
/// <param name="Scalars">Points whose scalar is usable both ways.</param>
/// <param name="ScalarRanks">Rank correlation of those scalars; NaN where one side is constant.</param>
/// <param name="Decisions">Decisions of the acquisition function.</param>
/// <param name="EqualDecisions">Those that go to the same place.</param>
/// <param name="MedianDistance">Median distance of the two places, px; NaN without decisions.</param>
/// <param name="LargestDistance">Largest distance of the two places, px; NaN without decisions.</param>
/// <param name="MapCorrelation">Correlation of the final maps over the candidates of both; NaN without maps.</param>
/// <param name="MapRanks">Rank correlation of the final maps.</param>
internal sealed record WhatIfNumbers(
    int Scalars,
    double ScalarRanks,
    int Decisions,
    int EqualDecisions,
    double MedianDistance,
    double LargestDistance,
    double MapCorrelation,
    double MapRanks)
{
    public static WhatIfNumbers Of(WhatIfReport report, CandidateSet candidates, Posterior? belief)
    {
        OtherScalar[] usable = [.. report.Scalars.Where(scalar => scalar.AreUsable)];
        double[] distances =
            [.. report.Decisions.Select(decision => decision.Distance).Where(double.IsFinite).Order()];
        (double[] map, double[] other) = Common(candidates, belief, report);
        return new WhatIfNumbers(
            usable.Length,
            usable.Length < 2
                ? double.NaN
                : RankCorrelation.Spearman(
                    [.. usable.Select(scalar => scalar.Recorded.Value)],
                    [.. usable.Select(scalar => scalar.Other.Value)]),
            report.Decisions.Length,
            report.Decisions.Count(decision => decision.IsEqual),
            distances.Length == 0 ? double.NaN : Median(distances),
            distances.Length == 0 ? double.NaN : distances[^1],
            Correlation(map, other),
            map.Length < 2 ? double.NaN : RankCorrelation.Spearman(map, other));
    }

    private static double Median(double[] sorted) =>
        0.5 * (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]);

    private static (double[] Map, double[] Other) Common(
        CandidateSet candidates, Posterior? belief, WhatIfReport report)
    {
        List<double> map = [], other = [];
        for (int i = 0; belief is not null && report.Belief is not null && i < candidates.Count; i++)
        {
            if (report.Candidates.TryIndexOf(candidates.PointAt(i), out int same))
            {
                map.Add(belief.Mean[i]);
                other.Add(report.Belief.Mean[same]);
            }
        }

        return ([.. map], [.. other]);
    }

    private static double Correlation(double[] left, double[] right)
    {
        if (left.Length < 2)
        {
            return double.NaN;
        }

        (double leftMean, double rightMean) = (left.Average(), right.Average());
        double product = 0, leftSquares = 0, rightSquares = 0;
        for (int i = 0; i < left.Length; i++)
        {
            (double a, double b) = (left[i] - leftMean, right[i] - rightMean);
            product += a * b;
            leftSquares += a * a;
            rightSquares += b * b;
        }

        return product / Math.Sqrt(leftSquares * rightSquares);
    }
}
