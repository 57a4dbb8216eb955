using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DklActors.Physics.Fourier;
using DklActors.Physics.Patterns.Masks;

namespace DklActors.Physics.Patterns.Moments;

/// <summary>Moments of the counts in a mask, about a whole pixel, up to second order.</summary>
internal readonly record struct MaskedMoments(
    double Sum, double Row, double Column, double RowRow, double RowColumn, double ColumnColumn,
    float Least, float Greatest)
{
    /// <summary>Sums in float64; a weight other than zero counts as one.</summary>
    /// <param name="counts">The pattern.</param>
    /// <param name="mask">Where it is looked at.</param>
    /// <param name="threshold">Counts up to this are taken for zero.</param>
    /// <param name="aboutRow">Row from which distances are counted.</param>
    /// <param name="aboutColumn">Column from which they are counted.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static MaskedMoments Of(
        ReadOnlySpan<float> counts, PatternMask mask, float threshold, int aboutRow, int aboutColumn)
    {
        double sum = 0, sumR = 0, sumC = 0, sumRr = 0, sumRc = 0, sumCc = 0;
        Vector256<float> least = Vector256.Create(float.PositiveInfinity), greatest = -least;
        Vector256<float> floor = Vector256.Create(threshold);
        Vector256<double> four = Vector256.Create(4.0);
        float tailLeast = float.PositiveInfinity, tailGreatest = float.NegativeInfinity;
        int columns = mask.Shape.Columns;
        for (int row = 0; row < mask.Shape.Rows; row++)
        {
            (int first, int end) = mask.RangeOf(row);
            int start = (row * columns) + first, length = end - first, i = 0;
            ref float line = ref Lanes.Start(counts[start..(start + length)]);
            ref float weights = ref Lanes.Start(mask.Weights[start..(start + length)]);
            Vector256<double> v0 = default, v1 = default, v2 = default;
            Vector256<double> at = Vector256.Create(0.0, 1, 2, 3) + Vector256.Create((double)(first - aboutColumn));
            for (; i <= length - Lanes.Width; i += Lanes.Width)
            {
                Vector256<float> count = Lanes.Load(ref line, i);
                Vector256<float> excluded = Vector256.Equals(Lanes.Load(ref weights, i), Vector256<float>.Zero);
                // What is no number may be lost here, and is found in the sum.
                least = Vector256.MinNative(least, Vector256.ConditionalSelect(excluded, least, count));
                greatest = Vector256.MaxNative(greatest, Vector256.ConditionalSelect(excluded, greatest, count));
                // It is not below the threshold, and spoils the sum as it should.
                count = Vector256.AndNot(count, excluded | Vector256.LessThanOrEqual(count, floor));
                (Vector256<double> low, Vector256<double> high) = Vector256.Widen(count);
                Vector256<double> lowAt = low * at;
                Vector256<double> next = at + four;
                Vector256<double> highAt = high * next;
                v0 += low + high;
                v1 += lowAt + highAt;
                v2 += (lowAt * at) + (highAt * next);
                at = next + four;
            }

            double s0 = Vector256.Sum(v0), s1 = Vector256.Sum(v1), s2 = Vector256.Sum(v2);
            for (; i < length; i++)
            {
                if (mask.Weights[start + i] != 0)
                {
                    float count = counts[start + i];
                    tailLeast = MathF.Min(tailLeast, count);
                    tailGreatest = MathF.Max(tailGreatest, count);
                    double above = count <= threshold ? 0 : count, place = first + i - aboutColumn;
                    (s0, s1, s2) = (s0 + above, s1 + (above * place), s2 + (above * place * place));
                }
            }

            double distance = row - aboutRow;
            sum += s0;
            sumC += s1;
            sumCc += s2;
            sumR += s0 * distance;
            sumRc += s1 * distance;
            sumRr += s0 * distance * distance;
        }

        for (int i = 0; i < Vector256<float>.Count; i++)
        {
            tailLeast = MathF.Min(tailLeast, least[i]);
            tailGreatest = MathF.Max(tailGreatest, greatest[i]);
        }

        return new MaskedMoments(sum, sumR, sumC, sumRr, sumRc, sumCc, tailLeast, tailGreatest);
    }
}
