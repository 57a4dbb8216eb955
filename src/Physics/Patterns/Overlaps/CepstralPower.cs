using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DklActors.Messages.Geometry;
using DklActors.Physics.Fourier;
using DklActors.Physics.Patterns.Discs;

namespace DklActors.Physics.Patterns.Overlaps;

/// <summary>
/// The cepstrum S(u) = |Σ L(x)·exp(−2πi·u·x)|² of a log pattern at any u in cycles a px, with its derivatives and what
/// counting noise does to them. Room for one pattern at a time.
/// </summary>
internal sealed class CepstralPower(GridShape shape)
{
    private const int MostSteps = 8;
    private const double Converged = 1e-3;

    private readonly float[] _cosines = new float[Lanes.Padded(shape.Columns)];
    private readonly float[] _sines = new float[Lanes.Padded(shape.Columns)];
    private readonly float[] _places = [.. Enumerable.Range(0, Lanes.Padded(shape.Columns))
        .Select(column => column - ((shape.Columns - 1) / 2f))];

    // F, ∂F/∂row, ∂F/∂column as Σ L·e, Σ L·y·e, Σ L·x·e (without the factors −2πi), and second moments.
    private readonly record struct Moments(
        Complex Zero, Complex Row, Complex Column, Complex RowRow, Complex RowColumn, Complex ColumnColumn);

    private readonly record struct Complex(double Real, double Imaginary)
    {
        public double Dot(Complex other) => (Real * other.Real) + (Imaginary * other.Imaginary);

        /// <summary>Im(this* · other).</summary>
        public double Cross(Complex other) => (Real * other.Imaginary) - (Imaginary * other.Real);

        public static Complex operator *(double factor, Complex number) =>
            new(factor * number.Real, factor * number.Imaginary);
    }

    /// <summary>Climbs to a maximum at most <paramref name="reach"/> cycles a px away.</summary>
    /// <returns>False where there is none.</returns>
    public bool TryClimb(LogPattern pattern, ref double row, ref double column, double reach, out Disc peak)
    {
        (double r, double c) = (row, column);
        peak = default;
        for (int i = 0; i < MostSteps; i++)
        {
            PeakShape at = ShapeOf(Evaluate(pattern, r, c));
            if (!at.IsCap)
            {
                return false;
            }

            (double stepRow, double stepColumn) = at.Step;
            (r, c) = (r + stepRow, c + stepColumn);
            if (!(Math.Abs(r - row) <= reach && Math.Abs(c - column) <= reach))
            {
                return false;
            }

            if (Math.Max(Math.Abs(stepRow), Math.Abs(stepColumn)) < Converged * reach)
            {
                break;
            }
        }

        (row, column) = (r, c);
        Moments moments = Evaluate(pattern, r, c);
        PeakShape shapeHere = ShapeOf(moments);
        CorrelationNoise noise = NoiseOf(pattern, moments, r, c);
        peak = PeakError.DiscOf(r, c, shapeHere.Value, shapeHere, noise);
        return shapeHere.IsCap;
    }

    private Moments Evaluate(LogPattern pattern, double row, double column)
    {
        FillPhases(column);
        Complex zero = default, ofRow = default, ofColumn = default, rowRow = default, rowColumn = default;
        Complex columnColumn = default;
        var phase = new Turn(-2 * Math.PI * row, 0);
        for (int r = 0; r < shape.Rows; r++, phase.Next())
        {
            (Complex s0, Complex s1, Complex s2) = Row(pattern.Values.AsSpan(r * shape.Columns, shape.Columns));
            double place = r - ((shape.Rows - 1) / 2.0);
            zero = Add(zero, s0, phase, 1);
            ofRow = Add(ofRow, s0, phase, place);
            rowRow = Add(rowRow, s0, phase, place * place);
            ofColumn = Add(ofColumn, s1, phase, 1);
            rowColumn = Add(rowColumn, s1, phase, place);
            columnColumn = Add(columnColumn, s2, phase, 1);
        }

        return new Moments(zero, ofRow, ofColumn, rowRow, rowColumn, columnColumn);
    }

    private static Complex Add(Complex sum, Complex term, Turn phase, double factor) => new(
        sum.Real + (factor * ((term.Real * phase.Cosine) - (term.Imaginary * phase.Sine))),
        sum.Imaginary + (factor * ((term.Real * phase.Sine) + (term.Imaginary * phase.Cosine))));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private (Complex Zero, Complex First, Complex Second) Row(ReadOnlySpan<float> line)
    {
        Vector256<float> r0 = default, i0 = default, r1 = default, i1 = default, r2 = default, i2 = default;
        ref float start = ref Lanes.Start(line);
        int at = 0;
        for (; at <= line.Length - Lanes.Width; at += Lanes.Width)
        {
            Vector256<float> value = Lanes.Load(ref start, at), place = Lanes.Load(ref _places[0], at);
            Vector256<float> re = value * Lanes.Load(ref _cosines[0], at);
            Vector256<float> im = value * Lanes.Load(ref _sines[0], at);
            r0 += re;
            i0 += im;
            re *= place;
            im *= place;
            r1 += re;
            i1 += im;
            r2 += re * place;
            i2 += im * place;
        }

        Complex zero = new(Vector256.Sum(r0), Vector256.Sum(i0)), first = new(Vector256.Sum(r1), Vector256.Sum(i1));
        Complex second = new(Vector256.Sum(r2), Vector256.Sum(i2));
        for (; at < line.Length; at++)
        {
            double re = line[at] * _cosines[at], im = line[at] * _sines[at], place = _places[at];
            zero = new(zero.Real + re, zero.Imaginary + im);
            first = new(first.Real + (re * place), first.Imaginary + (im * place));
            second = new(second.Real + (re * place * place), second.Imaginary + (im * place * place));
        }

        return (zero, first, second);
    }

    // F' = −2πi·F₁ and F'' = −4π²·F₂: S' = 2Re(F*F'), S'' = 2(Re(F'*F') + Re(F*F'')).
    private static PeakShape ShapeOf(Moments m)
    {
        const double W = 2 * Math.PI;
        return new PeakShape(
            m.Zero.Dot(m.Zero), 2 * W * m.Zero.Cross(m.Row), 2 * W * m.Zero.Cross(m.Column),
            2 * W * W * (m.Row.Dot(m.Row) - m.Zero.Dot(m.RowRow)),
            2 * W * W * (m.Row.Dot(m.Column) - m.Zero.Dot(m.RowColumn)),
            2 * W * W * (m.Column.Dot(m.Column) - m.Zero.Dot(m.ColumnColumn)));
    }

    // A change δL(x) changes S' by 2·Re(F'*·e + F*·e')·δL, with e' = −2πi·x·e.
    private CorrelationNoise NoiseOf(LogPattern pattern, Moments m, double row, double column)
    {
        FillPhases(column);
        double value = 0, rowRow = 0, rowColumn = 0, columnColumn = 0;
        var phase = new Turn(-2 * Math.PI * row, 0);
        for (int r = 0; r < shape.Rows; r++, phase.Next())
        {
            double y = r - ((shape.Rows - 1) / 2.0);
            // Re(F*·e) = A·cos + B·sin of the column's phase, and the same for the slopes.
            Complex f = Turned(m.Zero, phase), fr = Turned(m.Row, phase), fc = Turned(m.Column, phase);
            for (int c = 0; c < shape.Columns; c++)
            {
                double cosine = _cosines[c], sine = _sines[c], x = _places[c];
                double along = (f.Real * cosine) + (f.Imaginary * sine);
                double across = (f.Real * sine) - (f.Imaginary * cosine);
                double slopeRow = (y * across) - ((fr.Real * sine) - (fr.Imaginary * cosine));
                double slopeColumn = (x * across) - ((fc.Real * sine) - (fc.Imaginary * cosine));
                double variance = pattern.Variances[(r * shape.Columns) + c];
                value += variance * along * along;
                rowRow += variance * slopeRow * slopeRow;
                rowColumn += variance * slopeRow * slopeColumn;
                columnColumn += variance * slopeColumn * slopeColumn;
            }
        }

        const double Square = 16 * Math.PI * Math.PI;
        return new CorrelationNoise(4 * value, Square * rowRow, Square * rowColumn, Square * columnColumn);
    }

    // F·e* of the row's phase, so that what is left is the column's.
    private static Complex Turned(Complex number, Turn phase) => new(
        (number.Real * phase.Cosine) + (number.Imaginary * phase.Sine),
        (number.Imaginary * phase.Cosine) - (number.Real * phase.Sine));

    private void FillPhases(double column)
    {
        var phase = new Turn(-2 * Math.PI * column, 0);
        for (int c = 0; c < shape.Columns; c++, phase.Next())
        {
            _cosines[c] = (float)phase.Cosine;
            _sines[c] = (float)phase.Sine;
        }
    }
}
