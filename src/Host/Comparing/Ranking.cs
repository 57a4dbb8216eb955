using DklActors.Learning.Ladder;

namespace DklActors.Host.Comparing;

/// <summary>
/// Strategies by one measure, of which less is better, after one step: on the same seeds, pair by pair.
/// </summary>
internal sealed class Ranking
{
    private readonly Dictionary<string, Dictionary<ulong, double>> _values;

    /// <param name="strategies">Those to rank; one without any value at this step is left out.</param>
    /// <param name="runs">All runs.</param>
    /// <param name="measure">Less of it is better.</param>
    /// <param name="step">A step that was scored.</param>
    public Ranking(
        IReadOnlyList<Strategy> strategies, IReadOnlyList<ComparisonRun> runs, Measure measure, int step)
    {
        Measure = measure;
        Step = step;
        _values = strategies.ToDictionary(
            strategy => strategy.Name,
            strategy => runs.Where(run => run.Strategy.Name == strategy.Name)
                .SelectMany(run => run.Steps, (run, scored) => (run.Seed, Scored: scored))
                .Where(entry => entry.Scored.Steps == step)
                .Select(entry => (entry.Seed, Value: measure.Value(entry.Scored)))
                .Where(entry => double.IsFinite(entry.Value))
                .ToDictionary(entry => entry.Seed, entry => entry.Value));
        (Strategy Strategy, double Median)[] ordered =
        [
            .. strategies.Where(strategy => _values[strategy.Name].Count > 0)
                .Select(strategy => (strategy, Measure.Quantile(_values[strategy.Name].Values, 0.5)))
                .OrderBy(entry => entry.Item2),
        ];
        Standings =
        [
            .. ordered.Select((entry, i) => new Standing(
                entry.Strategy,
                entry.Median,
                i + 1,
                WinsOf(entry.Strategy.Name),
                Between(entry.Strategy.Name, ordered[0].Strategy.Name))),
        ];
    }

    public Measure Measure { get; }

    public int Step { get; }

    /// <summary>The best first.</summary>
    public IReadOnlyList<Standing> Standings { get; }

    /// <summary>Where a strategy stands, or null where it was not compared.</summary>
    public Standing? Find(string name) => Standings.FirstOrDefault(standing => standing.Name == name);

    /// <summary>One against another, on the seeds that both have.</summary>
    public Contrast Between(string first, string second)
    {
        (Dictionary<ulong, double> one, Dictionary<ulong, double> other) = (_values[first], _values[second]);
        var difference = PairedDifference.Of(one.Keys.Where(other.ContainsKey).Select(seed => one[seed] - other[seed]));
        double smaller = Math.Min(
            Math.Abs(Measure.Quantile(one.Values, 0.5)), Math.Abs(Measure.Quantile(other.Values, 0.5)));
        double least = Math.Max(Measure.TieInUnits, Measure.TieAsShare * smaller);
        bool isTie = !difference.IsBeyondSpread || Math.Abs(difference.Median) <= least;
        return new Contrast(
            difference,
            isTie ? ContrastOutcome.Tie
            : difference.Median < 0.0 ? ContrastOutcome.Better
            : ContrastOutcome.Worse);
    }

    private int WinsOf(string name) => _values[name].Count(entry =>
        _values.Values.All(other => !(other.TryGetValue(entry.Key, out double value) && value < entry.Value)));
}
