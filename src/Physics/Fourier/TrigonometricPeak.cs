using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DklActors.Physics.Fourier;

/// <summary>
/// Maximum between pixels of the trigonometric polynomial that a spectrum is: the limit of upsampling it by the
/// matrix-multiply Fourier transform (Guizar-Sicairos et al., Opt. Lett. 33, 156 (2008)), reached by Newton's method
/// with exact slopes and curvatures instead of a fine grid. Needs room: not for several threads at a time.
/// </summary>
internal sealed class TrigonometricPeak
{
    private const int MostSteps = 6;
    private const double Converged = 1e-3;

    private readonly RealTransform _transform;
    private readonly float[] _rowReal;
    private readonly float[] _rowImaginary;
    private readonly float[] _rowFrequency;

    public TrigonometricPeak(RealTransform transform)
    {
        _transform = transform;
        _rowReal = new float[transform.Stride];
        _rowImaginary = new float[transform.Stride];
        _rowFrequency = [.. Enumerable.Range(0, transform.Stride).Select(static r => (float)r)];
    }

    /// <summary>Climbs from a start at most <paramref name="reach"/> px away along either axis.</summary>
    /// <returns>False where there is no maximum that near: the place is then left as it was.</returns>
    public bool TryClimb(SplitComplex spectrum, ref double row, ref double column, double reach, out PeakShape shape)
    {
        (double r, double c) = (row, column);
        shape = Evaluate(spectrum, r, c);
        for (int i = 0; i < MostSteps; i++)
        {
            if (!shape.IsCap)
            {
                return false;
            }

            (double stepRow, double stepColumn) = shape.Step;
            r += stepRow;
            c += stepColumn;
            if (!(Math.Abs(r - row) <= reach && Math.Abs(c - column) <= reach))
            {
                return false;
            }

            // Newton's error is of the order of the last step squared; the curvatures are still those of the maximum.
            if (Math.Max(Math.Abs(stepRow), Math.Abs(stepColumn)) < Converged)
            {
                break;
            }

            shape = Evaluate(spectrum, r, c);
        }

        (row, column) = (r, c);
        return shape.IsCap;
    }

    /// <summary>The polynomial and its derivatives anywhere.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public PeakShape Evaluate(SplitComplex spectrum, double row, double column)
    {
        (int rows, int columns) = (_transform.Shape.Rows, _transform.Shape.Columns);
        FillRowPhases(row);
        double value = 0, slopeRow = 0, slopeColumn = 0, rowRow = 0, rowColumn = 0, columnColumn = 0;
        int highest = (columns - 1) / 2, stride = _transform.Stride;
        ref float rowReal = ref _rowReal[0];
        ref float rowImaginary = ref _rowImaginary[0];
        ref float rowFrequency = ref _rowFrequency[0];
        var phase = new Turn(2 * Math.PI * column / columns, -highest);
        for (int frequency = -highest; frequency <= highest; frequency++, phase.Next())
        {
            int c = frequency < 0 ? frequency + columns : frequency;
            ref float real = ref spectrum.Real[c * stride];
            ref float imaginary = ref spectrum.Imaginary[c * stride];
            Vector256<float> s0r = default, s0i = default, s1r = default, s1i = default, s2r = default;
            Vector256<float> s2i = default;
            for (int i = 0; i < stride; i += Lanes.Width)
            {
                Vector256<float> mr = Lanes.Load(ref real, i), mi = Lanes.Load(ref imaginary, i);
                Vector256<float> er = Lanes.Load(ref rowReal, i), ei = Lanes.Load(ref rowImaginary, i);
                Vector256<float> k = Lanes.Load(ref rowFrequency, i);
                Vector256<float> tr = (mr * er) - (mi * ei), ti = (mr * ei) + (mi * er);
                s0r += tr;
                s0i += ti;
                tr *= k;
                ti *= k;
                s1r += tr;
                s1i += ti;
                s2r += tr * k;
                s2i += ti * k;
            }

            (double sine, double cosine) = (phase.Sine, phase.Cosine);
            double p0r = Vector256.Sum(s0r), p0i = Vector256.Sum(s0i), p1r = Vector256.Sum(s1r);
            double p1i = Vector256.Sum(s1i), p2r = Vector256.Sum(s2r), p2i = Vector256.Sum(s2i);
            double here = (p0r * cosine) - (p0i * sine);
            value += here;
            slopeRow -= (p1r * sine) + (p1i * cosine);
            slopeColumn -= frequency * ((p0r * sine) + (p0i * cosine));
            rowRow -= (p2r * cosine) - (p2i * sine);
            rowColumn -= frequency * ((p1r * cosine) - (p1i * sine));
            columnColumn -= (double)frequency * frequency * here;
        }

        double scale = 1.0 / _transform.Shape.Count, wr = 2 * Math.PI / rows, wc = 2 * Math.PI / columns;
        return new PeakShape(
            value * scale, slopeRow * scale * wr, slopeColumn * scale * wc, rowRow * scale * wr * wr,
            rowColumn * scale * wr * wc, columnColumn * scale * wc * wc);
    }

    // A negative row frequency is the conjugate of a positive one: every frequency but zero counts twice. The middle
    // of an even length has no sign and is left out.
    private void FillRowPhases(double row)
    {
        int rows = _transform.Shape.Rows;
        var phase = new Turn(2 * Math.PI * row / rows, 0);
        for (int r = 0; r < _transform.RowFrequencies; r++, phase.Next())
        {
            float weight = r == 0 ? 1 : Frequencies.IsNyquist(r, rows) ? 0 : 2;
            _rowReal[r] = weight * (float)phase.Cosine;
            _rowImaginary[r] = weight * (float)phase.Sine;
        }
    }
}
