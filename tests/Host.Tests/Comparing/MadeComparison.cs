using DklActors.Host.Comparing;
using DklActors.Learning.Acquisition;
using DklActors.Learning.Ladder;
using DklActors.Learning.Scoring;

namespace DklActors.Host.Tests.Comparing;

/// <summary>A comparison whose scores are given: one RMSE a seed for each strategy, after the last step.</summary>
internal sealed class MadeComparison
{
    private readonly List<ComparisonRun> _runs = [];
    private readonly List<Strategy> _strategies = [];

    public IReadOnlyList<ComparisonRun> Runs => _runs;

    public ComparisonPlan Plan => new(
        _strategies, [.. _runs.Select(run => run.Seed).Distinct()], 10, [10, 50], new MaximumUncertainty(),
        Goal.Maximise);

    public IReadOnlyList<string> Sentences => ComparisonVerdict.Sentences(Plan, _runs);

    public string Text => string.Join("\n", Sentences);

    /// <summary>The NLPD is the same for all, unless it is given; worse after ten steps than at the end.</summary>
    public MadeComparison With(string strategy, double[] rmse, double[]? nlpd = null, int?[]? foundAfter = null)
    {
        _strategies.Add(Strategies.Named(strategy));
        for (int seed = 0; seed < rmse.Length; seed++)
        {
            double density = nlpd?[seed] ?? -1.0;
            _runs.Add(new ComparisonRun(
                _strategies[^1],
                (ulong)seed,
                [
                    StepOf(10, 3.0 * rmse[seed], density + 1.0),
                    StepOf(50, rmse[seed], density) with { FoundAfter = foundAfter?[seed] },
                ]));
        }

        return this;
    }

    /// <summary>So many values around one, evenly within 0.001 to either side.</summary>
    public static double[] Around(double value, int count = 20) =>
        [.. Enumerable.Range(0, count).Select(i => value + (0.002 * ((i * 7 % count) / (count - 1.0))) - 0.001)];

    private static LadderStep StepOf(int step, double rmse, double nlpd) => new(
        step, new MapScore(rmse, 1.0 - rmse, nlpd, 0.68, 0.95, 0.9), 0.5, TimeSpan.FromMilliseconds(3), 40);
}
