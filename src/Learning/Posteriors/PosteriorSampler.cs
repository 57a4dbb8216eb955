using System.Numerics;
using System.Runtime.InteropServices;
using DklActors.Learning.Engines;
using DklActors.Learning.Kernels;
using DklActors.Learning.Linear;
using DklActors.Learning.Randomness;

namespace DklActors.Learning.Posteriors;

/// <summary>Joint draws of the latent function over all candidates.</summary>
/// <remarks>
/// The prior is drawn with random Fourier features (Rahimi and Recht 2007) of the kernel's
/// spectral density, and corrected by the data with Matheron's rule: f + K(all, X)(K + Σ)⁻¹(y − f(X) − ε)
/// (Wilson et al., ICML 2020, arXiv:2002.09309). O(M·(F + N)) instead of O(M³).
/// </remarks>
internal static class PosteriorSampler
{
    private const int TileSize = 512;

    // Matérn 5/2 has Student's t with 2ν = 5 degrees of freedom as spectral density (Rasmussen and Williams, 4.2.1).
    private const int MaternDegreesOfFreedom = 5;

    /// <param name="posterior">Posterior over M candidates.</param>
    /// <param name="seed">Seed of the draw.</param>
    /// <param name="features">Number F of random Fourier features.</param>
    /// <param name="draw">Receives M values in the scalarizer's unit.</param>
    public static void Draw(ProcessPosterior posterior, ulong seed, int features, Span<double> draw)
    {
        SeededRandom random = SeededRandom.Derive(seed, RandomPurpose.ThompsonSampling);
        double[] sample = DrawPrior(posterior, random, features);
        ReadOnlySpan<PosteriorRow> rows = posterior.Rows;
        double[] residual = new double[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            // Forward substitution with L, whose element (i, j) is V[j] at observation i's candidate.
            double noise = Math.Sqrt(rows[i].Noise) * random.NextGaussian();
            double rest = rows[i].Value - sample[rows[i].Candidate] - noise;
            for (int j = 0; j < i; j++)
            {
                rest -= rows[j].Values[rows[i].Candidate] * residual[j];
            }

            residual[i] = rest / rows[i].Pivot;
        }

        RowValues[] values = [.. posterior.Values];
        double[] factors = Array.ConvertAll(residual, static value => -value);
        Tiles.ForEach(sample.Length, TileSize, posterior.Model.Threads, (start, length) =>
            RowValues.SubtractCombination(factors, values, start, sample.AsSpan(start, length)));
        sample.AsSpan(0, draw.Length).CopyTo(draw);
    }

    private static double[] DrawPrior(ProcessPosterior posterior, SeededRandom random, int features)
    {
        ProcessModel model = posterior.Process;
        double[] sample = new double[model.Coordinates.Stride];
        Array.Fill(sample, model.PriorMean);
        foreach (KernelTerm term in model.Kernel.Terms)
        {
            AddTerm(model, term, random, features, sample);
        }

        return sample;
    }

    private static void AddTerm(
        ProcessModel model, KernelTerm term, SeededRandom random, int features, double[] sample)
    {
        ScaledCoordinates coordinates = model.Coordinates;
        int dimension = term.DimensionCount;
        double[] frequencies = new double[features * dimension];
        double[] phases = new double[features];
        double[] amplitudes = new double[features];
        double amplitude = Math.Sqrt(2.0 * term.Variance * model.Scaling.Scale * model.Scaling.Scale / features);
        for (int feature = 0; feature < features; feature++)
        {
            DrawFrequency(model.Kernel.Kind, random, frequencies.AsSpan(feature * dimension, dimension));
            phases[feature] = 2.0 * Math.PI * random.NextDouble();
            amplitudes[feature] = amplitude * random.NextGaussian();
        }

        Tiles.ForEach(coordinates.Stride, TileSize, model.Threads, (start, length) =>
        {
            Span<double> angle = stackalloc double[TileSize];
            for (int feature = 0; feature < features; feature++)
            {
                angle = angle[..length];
                angle.Fill(phases[feature]);
                for (int d = 0; d < dimension; d++)
                {
                    VectorKernels.AddScaled(
                        frequencies[(feature * dimension) + d],
                        coordinates.AllOf(term.FirstDimension + d).Slice(start, length), angle);
                }

                AddCosines(amplitudes[feature], angle, sample.AsSpan(start, length));
            }
        });
    }

    private static void DrawFrequency(KernelKind kind, SeededRandom random, Span<double> frequency)
    {
        double stretch = 1.0;
        if (kind == KernelKind.Matern52)
        {
            double chiSquared = 0.0;
            for (int i = 0; i < MaternDegreesOfFreedom; i++)
            {
                double normal = random.NextGaussian();
                chiSquared += normal * normal;
            }

            stretch = Math.Sqrt(MaternDegreesOfFreedom / chiSquared);
        }

        for (int d = 0; d < frequency.Length; d++)
        {
            frequency[d] = stretch * random.NextGaussian();
        }
    }

    private static void AddCosines(double amplitude, ReadOnlySpan<double> angles, Span<double> target)
    {
        ReadOnlySpan<Vector<double>> angle = MemoryMarshal.Cast<double, Vector<double>>(angles);
        Span<Vector<double>> sum = MemoryMarshal.Cast<double, Vector<double>>(target)[..angle.Length];
        for (int i = 0; i < sum.Length; i++)
        {
            sum[i] += Vector.Cos(angle[i]) * amplitude;
        }
    }
}
