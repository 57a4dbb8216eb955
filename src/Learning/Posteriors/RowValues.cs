using System.Numerics;
using System.Runtime.InteropServices;
using DklActors.Learning.Linear;

namespace DklActors.Learning.Posteriors;

/// <summary>
/// A row of V over all candidates: float64, or float32 beyond <see cref="MostPrecise"/> of them, where reading the
/// rows is what conditioning costs.
/// </summary>
/// <remarks>
/// All sums are float64 either way, and so are mean and variance. Rounding a row costs 6·10⁻⁸ of its values,
/// which the mean magnifies by the ratio of prior to noise deviation: both stay within 10⁻⁵ of the prior's where the
/// noise variance is a hundredth of the prior's. The rows take 4·M·N bytes instead of 8·M·N.
/// </remarks>
internal sealed class RowValues
{
    /// <summary>Most candidates whose rows are kept in float64.</summary>
    public const int MostPrecise = 200_000;

    private const int RowsAtOnce = 4;

    private readonly double[] _precise;
    private readonly float[] _compact;

    public RowValues(int length)
    {
        _precise = AreCompact(length) ? [] : new double[length];
        _compact = AreCompact(length) ? new float[length] : [];
    }

    public double this[int candidate] => _compact.Length > 0 ? _compact[candidate] : _precise[candidate];

    /// <summary>Whether rows over so many candidates are float32.</summary>
    public static bool AreCompact(int length) => length > MostPrecise;

    /// <summary>target −= Σ factors[k] · rows[k][start …].</summary>
    /// <remarks>Length and start are multiples of the coordinates' alignment.</remarks>
    public static void SubtractCombination(
        ReadOnlySpan<double> factors, ReadOnlySpan<RowValues> rows, int start, Span<double> target)
    {
        // A last group of fewer than four is filled up by rows that count nothing.
        Span<double> four = stackalloc double[RowsAtOnce];
        for (int k = 0; k < factors.Length; k += RowsAtOnce)
        {
            int last = factors.Length - 1;
            four.Clear();
            factors[k..Math.Min(k + RowsAtOnce, factors.Length)].CopyTo(four);
            RowValues row0 = rows[k], row1 = rows[Math.Min(k + 1, last)];
            RowValues row2 = rows[Math.Min(k + 2, last)], row3 = rows[Math.Min(k + 3, last)];
            if (row0._compact.Length > 0)
            {
                VectorKernels.SubtractFour<float>(
                    four, row0._compact.AsSpan(start), row1._compact.AsSpan(start), row2._compact.AsSpan(start),
                    row3._compact.AsSpan(start), target);
            }
            else
            {
                VectorKernels.SubtractFour<double>(
                    four, row0._precise.AsSpan(start), row1._precise.AsSpan(start), row2._precise.AsSpan(start),
                    row3._precise.AsSpan(start), target);
            }
        }
    }

    /// <summary>Keeps a tile's values.</summary>
    public void Write(int start, ReadOnlySpan<double> values)
    {
        if (_compact.Length == 0)
        {
            values.CopyTo(_precise.AsSpan(start));
            return;
        }

        Span<Vector<float>> target =
            MemoryMarshal.Cast<float, Vector<float>>(_compact.AsSpan(start, values.Length));
        ReadOnlySpan<Vector<double>> source = MemoryMarshal.Cast<double, Vector<double>>(values);
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = Vector.Narrow(source[2 * i], source[(2 * i) + 1]);
        }
    }
}
