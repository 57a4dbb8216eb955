using DklActors.Learning.Linear;
using DklActors.Learning.Randomness;

namespace DklActors.Learning.Vectors;

/// <summary>
/// Tells structure from noise: flipping the sign of every value at random destroys what channels and frames have in
/// common and keeps the size of the noise in each of them, so a component that is no stronger than the strongest of
/// the flipped data is noise.
/// </summary>
/// <remarks>
/// Parallel analysis by sign flips (Hong, Sheng and Dobriban 2020, "Selecting the number of components in PCA via
/// random signflips"), one component at a time on what the earlier ones leave (Dobriban and Owen 2019), so that a
/// strong component does not hide a weak one. Needs no model of the noise.
/// </remarks>
internal sealed class SignFlipTest(int count, ulong seed, int threads)
{
    // Structure has to beat the strongest of so many: pure noise passes about once in twenty times.
    private const int Replicates = 19;

    private const int PowerSteps = 60;

    private int _components;

    /// <summary>Asked for one component after the other.</summary>
    /// <param name="residual">N × C values that the earlier components leave.</param>
    /// <param name="eigenvalue">Greatest eigenvalue of their Gram matrix.</param>
    public bool StandsOut(float[] residual, double eigenvalue)
    {
        SeededRandom random = SeededRandom.Derive(seed, RandomPurpose.SignFlips, (ulong)_components);
        double edge = EdgeRatio(residual.Length / count);
        _components++;
        float[] flipped = new float[residual.Length];
        for (int i = 0; i < Replicates; i++)
        {
            Flip(residual, random, flipped);
            if (edge * GreatestEigenvalue(FrameMatrix.Gram(flipped, count, threads), random) >= eigenvalue)
            {
                return false;
            }
        }

        return true;
    }

    // What is left has lost the mean's and the components' dimensions, and the flipped data have them back: the same
    // noise is spread more thinly there. The ratio of the bulk's edges, σ²·(√N + √C)² (Marchenko and Pastur 1967).
    private double EdgeRatio(int channels)
    {
        double rows = Math.Max(1, count - 1 - _components), columns = Math.Max(1, channels - _components);
        double root = (Math.Sqrt(rows) + Math.Sqrt(columns)) / (Math.Sqrt(count) + Math.Sqrt(channels));
        return (double)count * channels / (rows * columns) * root * root;
    }

    private static void Flip(float[] values, SeededRandom random, float[] flipped)
    {
        ulong bits = 0;
        for (int i = 0; i < values.Length; i++)
        {
            bits = i % 64 == 0 ? random.NextUInt64() : bits >> 1;
            flipped[i] = (bits & 1) == 0 ? values[i] : -values[i];
        }
    }

    // By the power method from a random start; the Rayleigh quotient is good to the square of the vector's error.
    private double GreatestEigenvalue(double[] gram, SeededRandom random)
    {
        double[] vector = new double[count], next = new double[count];
        for (int i = 0; i < count; i++)
        {
            vector[i] = random.NextGaussian();
        }

        double quotient = 0.0;
        for (int step = 0; step < PowerSteps; step++)
        {
            VectorKernels.Scale(1.0 / Math.Sqrt(VectorKernels.Dot(vector, vector)), vector);
            for (int i = 0; i < count; i++)
            {
                next[i] = VectorKernels.Dot(gram.AsSpan(i * count, count), vector);
            }

            quotient = VectorKernels.Dot(vector, next);
            (vector, next) = (next, vector);
        }

        return quotient;
    }
}
