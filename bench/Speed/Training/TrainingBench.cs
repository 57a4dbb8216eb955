using System.Collections.Immutable;
using DklActors.Learning.Candidates;
using DklActors.Learning.Engines;
using DklActors.Learning.Optimisation;
using DklActors.Messages.Models;
using DklActors.Messages.Scalars;
using DklActors.Measuring;

namespace DklActors.Speed.Training;

/// <summary>An iteration of training: forward, likelihood, backward, Adam.</summary>
internal static class TrainingBench
{
    private const int Epochs = 20;

    // Patches of 16 × 16 pixels (D = 256); limits by the number N of observations.
    private static readonly (int Observations, double LimitInMilliseconds)[] Sizes =
        [(25, 4.0), (100, 8.0), (1000, 80.0)];

    public static void Run(Report report, int rounds)
    {
        CandidateSet candidates = Scene.Candidates(100, 100, 16);
        report.Heading("Training iteration, preset atomai, D = 256");
        foreach ((int count, double limit) in Sizes)
        {
            var one = new Iterations(candidates, count, threads: 1);
            var all = new Iterations(candidates, count, Environment.ProcessorCount);
            Timing[] times = Contest.Run(
                rounds, () => all.Run(Epochs), () => one.Run(Epochs), all.EvaluateProcess);
            report.Limit($"N = {count}", times[0] / Epochs, limit);
            report.Time($"N = {count}, one thread", times[1] / Epochs);
            report.Time($"N = {count}, the Gaussian process alone", times[2]);
            report.Figure($"N = {count}, allocated in an iteration", AllocatedBytes(all) / 1024.0, "KiB");
        }

        report.Heading("Preset default, N = 70, 14,400 candidates");
        CandidateSet many = Scene.Candidates(128, 128, 9);
        var options = new DklOptions { Optimiser = new OptimiserOptions { Tolerance = 0.0 } };
        ImmutableArray<Observation> observations = [.. Scene.Observations(many, 70)];
        var engine = new ManagedDklEngine(many, options);
        ModelState state = engine.Train(new(1, observations, null, 1), CancellationToken.None).State;
        Timing[] refit = Contest.Run(
            rounds, () => engine.Train(new(2, observations, state, 1), CancellationToken.None),
            () => engine.Restore(state));
        report.Time($"refit of {options.Optimiser.MaxWarmEpochs} iterations and the embedding", refit[0]);
        report.Time("the embedding alone", refit[1]);
    }

    // What twice as many iterations allocate beyond these.
    private static double AllocatedBytes(Iterations iterations)
    {
        long start = GC.GetTotalAllocatedBytes(precise: true);
        iterations.Run(Epochs);
        long middle = GC.GetTotalAllocatedBytes(precise: true);
        iterations.Run(2 * Epochs);
        long end = GC.GetTotalAllocatedBytes(precise: true);
        return Math.Max(end - middle - (middle - start), 0) / (double)Epochs;
    }
}
