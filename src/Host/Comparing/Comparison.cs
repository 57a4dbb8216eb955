using System.Collections.Concurrent;
using DklActors.Learning.Ladder;

namespace DklActors.Host.Comparing;

/// <summary>Runs every strategy on every seed, as many at a time as there are processors.</summary>
internal sealed class Comparison(ComparisonPlan plan, KnownScalars data, TimeProvider time)
{
    private int _done;

    public int Total => plan.Strategies.Count * plan.Seeds.Count;

    /// <summary>Runs that are finished.</summary>
    public int Done => Volatile.Read(ref _done);

    /// <returns>All runs, by strategy and then by seed, in the order of the plan.</returns>
    public async Task<IReadOnlyList<ComparisonRun>> RunAsync(CancellationToken cancellationToken)
    {
        SerialExperiment[] experiments = [.. plan.Strategies.Select(strategy => new SerialExperiment(
            data,
            // One thread a run: the runs themselves fill the machine.
            strategy with { Learner = strategy.Learner.Change(options => options with { Threads = 1 }) },
            plan.Acquisition,
            plan.Goal,
            time))];
        var runs = new ConcurrentDictionary<(int Strategy, int Seed), ComparisonRun>();
        var jobs = from seed in Enumerable.Range(0, plan.Seeds.Count)
                   from strategy in Enumerable.Range(0, plan.Strategies.Count)
                   select (Strategy: strategy, Seed: seed);
        await Parallel.ForEachAsync(
            jobs,
            new ParallelOptions
            {
                MaxDegreeOfParallelism = Environment.ProcessorCount,
                CancellationToken = cancellationToken,
            },
            (job, token) =>
            {
                runs[job] = Run(job, experiments, token);
                Interlocked.Increment(ref _done);
                return ValueTask.CompletedTask;
            }).ConfigureAwait(false);
        return [.. runs.OrderBy(run => run.Key).Select(run => run.Value)];
    }

    private ComparisonRun Run(
        (int Strategy, int Seed) job, SerialExperiment[] experiments, CancellationToken cancellationToken)
    {
        ulong seed = plan.Seeds[job.Seed];
        IEnumerable<LadderStep> steps = experiments[job.Strategy].Run(
            seed, plan.SeedPoints, plan.Checkpoints[^1], plan.IsScored, cancellationToken: cancellationToken);
        return new ComparisonRun(plan.Strategies[job.Strategy], seed, [.. steps]);
    }
}
