using System.Collections.Concurrent;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace DklActors.Physics.Fourier;

/// <summary>Fourier transform of a row of complex numbers in double precision, of a power of two of them.</summary>
/// <remarks>
/// The transforms of images are in single precision, which the ratio of a zero-loss peak to the noise beside it is
/// beyond.
/// </remarks>
internal static class ComplexTransform
{
    private static readonly ConcurrentDictionary<int, double[]> Turns = new();

    /// <summary>The least power of two that is not below a number.</summary>
    public static int LengthFor(int least) => (int)BitOperations.RoundUpToPowerOf2((uint)least);

    /// <summary>Transforms in place; backwards without the division by the length.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(Span<double> real, Span<double> imaginary, bool isBackwards)
    {
        int length = real.Length;
        for (int i = 1, j = 0; i < length; i++)
        {
            int bit = length >> 1;
            for (; (j & bit) != 0; bit >>= 1)
            {
                j ^= bit;
            }

            j ^= bit;
            if (i < j)
            {
                (real[i], real[j]) = (real[j], real[i]);
                (imaginary[i], imaginary[j]) = (imaginary[j], imaginary[i]);
            }
        }

        double[] turns = Turns.GetOrAdd(length, static key => MakeTurns(key));
        for (int half = 1; half < length; half <<= 1)
        {
            int stride = length / (2 * half);
            for (int k = 0; k < half; k++)
            {
                double cosine = turns[2 * k * stride];
                double sine = isBackwards ? turns[(2 * k * stride) + 1] : -turns[(2 * k * stride) + 1];
                for (int i = k; i < length; i += 2 * half)
                {
                    int j = i + half;
                    double x = (cosine * real[j]) - (sine * imaginary[j]);
                    double y = (cosine * imaginary[j]) + (sine * real[j]);
                    (real[j], imaginary[j]) = (real[i] - x, imaginary[i] - y);
                    (real[i], imaginary[i]) = (real[i] + x, imaginary[i] + y);
                }
            }
        }
    }

    /// <summary>Cosine and sine of 2πk/length for k up to half the length.</summary>
    private static double[] MakeTurns(int length)
    {
        double[] turns = new double[Math.Max(length, 2)];
        for (int k = 0; k < turns.Length / 2; k++)
        {
            (turns[(2 * k) + 1], turns[2 * k]) = Math.SinCos(2 * Math.PI * k / length);
        }

        return turns;
    }
}
