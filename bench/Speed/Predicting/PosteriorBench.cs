using System.Collections.Immutable;
using DklActors.Learning.Engines;
using DklActors.Learning.Kernels;
using DklActors.Learning.Posteriors;
using DklActors.Learning.Randomness;
using DklActors.Messages.Scalars;
using DklActors.Measuring;

namespace DklActors.Speed.Predicting;

/// <summary>Conditioning: all observations at once after a training, and one more after a measurement.</summary>
internal static class PosteriorBench
{
    public static void Run(Report report, int rounds)
    {
        report.Heading("Posterior, 7,225 candidates, embedding of 2 dimensions, N = 100");
        Time(report, rounds, 7225, 100, double.PositiveInfinity);
        report.Heading("Posterior, 1,000,000 candidates, embedding of 2 dimensions, N = 200");
        long before = GC.GetTotalMemory(forceFullCollection: true);
        Posterior posterior = Time(report, rounds, 1_000_000, 200, 150.0);
        long after = GC.GetTotalMemory(forceFullCollection: true);
        report.Figure("memory of the posterior and its model", (after - before) / 1048576.0, "MiB");
        GC.KeepAlive(posterior);
    }

    private static Posterior Time(Report report, int rounds, int candidates, int count, double limit)
    {
        ProcessModel model = Model(candidates);
        Observation[] observations = Observations(candidates, count + 1);
        Posterior posterior = Posterior.Condition(model, observations[..count]);
        Timing[] times = Contest.Run(
            rounds, () => posterior.With(observations[count]), () => posterior.Believe(candidates / 2));
        if (double.IsFinite(limit))
        {
            report.Limit("one more observation", times[0], limit);
        }
        else
        {
            report.Time("one more observation", times[0]);
            Timing[] all = Contest.Run(rounds, () => Posterior.Condition(model, observations));
            report.Time("all observations", all[0]);
        }

        report.Time("a fantasy", times[1]);
        return posterior;
    }

    private static ProcessModel Model(int candidates)
    {
        SeededRandom random = SeededRandom.Derive(1, RandomPurpose.NetworkWeights);
        float[] embeddings = new float[2 * candidates];
        for (int i = 0; i < embeddings.Length; i++)
        {
            embeddings[i] = (float)random.NextGaussian();
        }

        ImmutableArray<double> lengthscales = [0.7, 1.1];
        var kernel = new KernelParameters(KernelKind.Matern52, lengthscales, 1.0, 0.01, 0.0);
        return new ProcessModel(
            1, 2, embeddings, kernel, new TargetScaling(0.0, 1.0), Environment.ProcessorCount);
    }

    private static Observation[] Observations(int candidates, int count)
    {
        SeededRandom random = SeededRandom.Derive(2, RandomPurpose.SeedDesign);
        return [.. Enumerable.Range(0, count).Select(
            _ => new Observation(random.NextIndex(candidates), random.NextGaussian(), 0.0))];
    }
}
