using System.Collections.Immutable;
using DklActors.Learning.Candidates;
using DklActors.Learning.Engines;
using DklActors.Learning.Kernels;
using DklActors.Learning.Randomness;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Messages.Scalars;
using DklActors.Messages.Units;

namespace DklActors.Learning.Tests.TestSupport;

/// <summary>Small, seeded inputs that tests share.</summary>
internal static class Scenes
{
    /// <summary>A smooth image with blobs, ripples and a little noise.</summary>
    public static StructuralImage Image(int rows = 24, int columns = 28, ulong seed = 7)
    {
        SeededRandom random = SeededRandom.Derive(seed, RandomPurpose.SeedDesign, 99);
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.Length; i++)
        {
            double row = i / columns, column = i % columns;
            values[i] = (float)(Math.Sin(0.4 * row) + Math.Cos(0.3 * column)
                + Math.Exp(-0.02 * (Math.Pow(row - 12, 2) + Math.Pow(column - 9, 2)))
                + (0.05 * random.NextGaussian()));
        }

        return new StructuralImage("HAADF", new GridShape(rows, columns), new Nanometre(1.0), values);
    }

    public static StructuralImage FlatImage(int rows = 12, int columns = 12, float value = 3.0f) =>
        new("HAADF", new GridShape(rows, columns), new Nanometre(1.0),
            Enumerable.Repeat(value, rows * columns).ToArray());

    public static CandidateSet Candidates(int patch = 5) => CandidateSet.Create(Image(), new PatchWindow(patch));

    /// <summary>Every seventh candidate or so, with a value that follows the structure.</summary>
    public static ImmutableArray<Observation> Observations(CandidateSet candidates, int count, double error = 0.0)
    {
        SeededRandom random = SeededRandom.Derive(3, RandomPurpose.SeedDesign, 5);
        return
        [
            .. Enumerable.Range(0, count).Select(i =>
            {
                int candidate = ((i * 37) + 11) % candidates.Count;
                double structure = candidates.Image[candidates.PointAt(candidate)];
                return new Observation(
                    candidate, 200.0 + (35.0 * structure) + (2.0 * random.NextGaussian()), error);
            }),
        ];
    }

    /// <summary>A model over random embeddings, without any training.</summary>
    public static ProcessModel Model(
        int count, int dimension, KernelKind kind, double noise = 0.02, int threads = 1, ulong seed = 1)
    {
        ImmutableArray<double> lengthscales = [.. Enumerable.Range(0, dimension).Select(d => 0.8 + (0.3 * d))];
        return Model(count, new KernelParameters(kind, lengthscales, 1.7, noise, 0.15), threads, seed);
    }

    /// <summary>A model whose kernel is a sum of three terms, over three, one and two dimensions.</summary>
    public static ProcessModel SumModel(int count, KernelKind kind, int threads = 1, ulong seed = 1) => Model(
        count,
        new KernelParameters(
            kind, [1.4, 0.9, 2.0, 0.7, 1.1, 1.1],
            [new KernelTerm(0, 3, 0.9), new KernelTerm(3, 1, 0.3), new KernelTerm(4, 2, 0.5)], 0.02, 0.15),
        threads, seed);

    public static ProcessModel Model(int count, KernelParameters kernel, int threads = 1, ulong seed = 1)
    {
        int dimension = kernel.Lengthscales.Length;
        SeededRandom random = SeededRandom.Derive(seed, RandomPurpose.NetworkWeights, 77);
        float[] embeddings = new float[count * dimension];
        for (int i = 0; i < embeddings.Length; i++)
        {
            embeddings[i] = (float)random.NextGaussian();
        }

        return new ProcessModel(1, dimension, embeddings, kernel, new TargetScaling(50.0, 12.0), threads);
    }

    /// <summary>The process of an engine that trains one.</summary>
    public static ProcessModel Process(this TrainedModel trained) => (ProcessModel)trained.Model;

    public static ImmutableArray<Observation> RandomObservations(int candidates, int count, ulong seed = 2)
    {
        SeededRandom random = SeededRandom.Derive(seed, RandomPurpose.SeedDesign, 8);
        return
        [
            .. Enumerable.Range(0, count).Select(_ => new Observation(
                random.NextIndex(candidates), 50.0 + (12.0 * random.NextGaussian()), 0.5 * random.NextDouble())),
        ];
    }
}
