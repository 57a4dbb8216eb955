using System.Numerics;
using System.Runtime.InteropServices;

namespace DklActors.Instruments.Simulated.Detectors;

internal static class Counts
{
    /// <summary>Adds values × factor to a sum of the same length.</summary>
    public static void AddScaled(Span<float> sum, ReadOnlySpan<float> values, float factor)
    {
        Span<Vector<float>> sums = MemoryMarshal.Cast<float, Vector<float>>(sum);
        ReadOnlySpan<Vector<float>> all = MemoryMarshal.Cast<float, Vector<float>>(values);
        for (int i = 0; i < sums.Length; i++)
        {
            sums[i] += factor * all[i];
        }

        for (int i = sums.Length * Vector<float>.Count; i < sum.Length; i++)
        {
            sum[i] += factor * values[i];
        }
    }
}
