using System.Runtime.Intrinsics;
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
    public static MaskedMoments Of(
        ReadOnlySpan<float> counts, PatternMask mask, float threshold, int aboutRow, int aboutColumn)
    {
        double sum = 0, sumR = 0, sumC = 0, sumRr = 0, sumRc = 0, sumCc = 0;
        Vector256<float> least = Vector256.Create(float.PositiveInfinity), greatest = -least;
        Vector256<float> floor = Vector256.Create(threshold);
        float tailLeast = float.PositiveInfinity, tailGreatest = float.NegativeInfinity;
        int columns = mask.Shape.Columns;
        for (int row = 0; row < mask.Shape.Rows; row++)
        {
            (int first, int end) = mask.RangeOf(row);
            ReadOnlySpan<float> line = counts.Slice((row * columns) + first, end - first);
            ReadOnlySpan<float> weights = mask.Weights.Slice((row * columns) + first, end - first);
            Vector256<double> v0 = default, v1 = default, v2 = default;
            Vector256<double> at = Vector256.Create(0.0, 1, 2, 3) + Vector256.Create((double)(first - aboutColumn));
            Vector256<double> four = Vector256.Create(4.0);
            while (line.Length >= Vector256<float>.Count)
            {
                Vector256<float> count = Vector256.Create(line);
                Vector256<float> excluded = Vector256.Equals(Vector256.Create(weights), Vector256<float>.Zero);
                least = Vector256.Min(least, Vector256.ConditionalSelect(excluded, least, count));
                greatest = Vector256.Max(greatest, Vector256.ConditionalSelect(excluded, greatest, count));
                // What is no number is not below the threshold, and spoils the sum as it should.
                count = Vector256.AndNot(count, excluded | Vector256.LessThanOrEqual(count, floor));
                (Vector256<double> low, Vector256<double> high) = Vector256.Widen(count);
                Vector256<double> lowAt = low * at;
                Vector256<double> next = at + four;
                Vector256<double> highAt = high * next;
                v0 += low + high;
                v1 += lowAt + highAt;
                v2 += (lowAt * at) + (highAt * next);
                at = next + four;
                line = line[Vector256<float>.Count..];
                weights = weights[Vector256<float>.Count..];
            }

            double s0 = Vector256.Sum(v0), s1 = Vector256.Sum(v1), s2 = Vector256.Sum(v2);
            for (int i = 0; i < line.Length; i++)
            {
                if (weights[i] != 0)
                {
                    tailLeast = MathF.Min(tailLeast, line[i]);
                    tailGreatest = MathF.Max(tailGreatest, line[i]);
                    double count = line[i] <= threshold ? 0 : line[i], place = at[0] + i;
                    (s0, s1, s2) = (s0 + count, s1 + (count * place), s2 + (count * place * place));
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
