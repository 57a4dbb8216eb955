using System.Runtime.Intrinsics;
using DklActors.Physics.Fourier;

namespace DklActors.Physics.Patterns.Discs;

/// <summary>Products of spectra: M = G·K*, then |M|^p·exp(i·arg M).</summary>
internal static class Correlation
{
    // Relative to the square of the sum of the counts: below it a frequency holds but rounding.
    private const float Negligible = 1e-13f;

    /// <summary>Multiplies a pattern's spectrum by the conjugate of the kernel's, and takes the power.</summary>
    /// <param name="pattern">Spectrum of the pattern, and then of the correlation.</param>
    /// <param name="kernel">Spectrum of the kernel.</param>
    /// <param name="power">The power p.</param>
    /// <param name="sum">Sum of the counts.</param>
    /// <param name="weights">Filled with |M|^(p − 1); empty where the power is 1. As long as the spectra else.</param>
    public static void Multiply(
        SplitComplex pattern, SplitComplex kernel, double power, double sum, Span<float> weights)
    {
        ref float re = ref pattern.Real[0];
        ref float im = ref pattern.Imaginary[0];
        Vector256<float> exponent = Vector256.Create((float)((power - 1) / 2));
        Vector256<float> floor = Vector256.Create((float)Math.Max(Negligible * sum * sum, float.Epsilon));
        for (int i = 0; i < pattern.Real.Length; i += Lanes.Width)
        {
            Vector256<float> gr = Lanes.Load(ref re, i), gi = Lanes.Load(ref im, i);
            Vector256<float> kr = Lanes.Load(ref kernel.Real[0], i), ki = Lanes.Load(ref kernel.Imaginary[0], i);
            Vector256<float> mr = (gr * kr) + (gi * ki), mi = (gi * kr) - (gr * ki);
            if (!weights.IsEmpty)
            {
                Vector256<float> square = (mr * mr) + (mi * mi) + floor;
                Vector256<float> factor = Vector256.Exp(exponent * Vector256.Log(square));
                mr *= factor;
                mi *= factor;
                factor.CopyTo(weights[i..]);
            }

            Lanes.Store(mr, ref re, i);
            Lanes.Store(mi, ref im, i);
        }
    }
}
