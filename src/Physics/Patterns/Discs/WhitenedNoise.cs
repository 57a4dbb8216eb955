using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DklActors.Messages.Geometry;
using DklActors.Physics.Fourier;

namespace DklActors.Physics.Patterns.Discs;

/// <summary>
/// What Poisson noise does to a correlation whose spectrum M was made |M|^p·exp(i·arg M), to first order.
/// </summary>
/// <remarks>
/// With W = |M|^(p−1), a change δM changes the spectrum by W·((p+1)/2·δM + (p−1)/2·(M/|M|)²·δM*), so a count at x
/// changes C(u) by (p+1)/2·A(u − x) + (p−1)/2·B(u + x) with A = F⁻¹[W·K*] and B = F⁻¹[W·(M/|M|)²·K]. The images are
/// kept twice side by side, so that a row starting anywhere is in one piece. Room for one pattern at a time.
/// </remarks>
internal sealed class WhitenedNoise
{
    private readonly RealTransform _transform;
    private readonly SplitComplex _spectrum;
    private readonly float[] _image;
    private readonly float[][] _near = new float[3][];
    private readonly float[][] _mirrored = new float[3][];

    public WhitenedNoise(RealTransform transform)
    {
        _transform = transform;
        _spectrum = transform.NewSpectrum();
        Weights = new float[transform.SpectrumLength];
        _image = new float[transform.Shape.Count];
        for (int i = 0; i < 3; i++)
        {
            _near[i] = new float[2 * transform.Shape.Count];
            _mirrored[i] = new float[2 * transform.Shape.Count];
        }
    }

    /// <summary>W of the pattern at hand; whoever multiplies the spectra fills it.</summary>
    public float[] Weights { get; }

    /// <summary>Makes A and B, their slopes along rows and along columns.</summary>
    /// <param name="product">The spectrum of the correlation, after the power was taken.</param>
    /// <param name="kernel">The spectrum of the kernel.</param>
    /// <param name="power">The power p.</param>
    /// <param name="room">Room to transform.</param>
    public void Prepare(SplitComplex product, SplitComplex kernel, double power, TransformRoom room)
    {
        for (int derivative = 0; derivative < 3; derivative++)
        {
            // A at −y: its spectrum conjugated.
            FillNear(kernel, derivative, (float)((power + 1) / 2));
            Double(_near[derivative], room);
            FillMirrored(product, kernel, derivative, (float)((power - 1) / 2));
            Double(_mirrored[derivative], room);
        }
    }

    /// <summary>Variances at a pixel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public CorrelationNoise At(ReadOnlySpan<float> counts, int row, int column)
    {
        GridShape shape = _transform.Shape;
        int nearColumn = (shape.Columns - column) % shape.Columns;
        Vector256<float> value = default, rowRow = default, rowColumn = default, columnColumn = default;
        double tailValue = 0, tailRowRow = 0, tailRowColumn = 0, tailColumnColumn = 0;
        for (int r = 0; r < shape.Rows; r++)
        {
            ReadOnlySpan<float> line = counts.Slice(r * shape.Columns, shape.Columns);
            int near = (((r - row + shape.Rows) % shape.Rows) * 2 * shape.Columns) + nearColumn;
            int mirrored = (((r + row) % shape.Rows) * 2 * shape.Columns) + column;
            int i = 0;
            for (; i <= line.Length - Lanes.Width; i += Lanes.Width)
            {
                Vector256<float> count = Vector256.Create(line[i..]);
                Vector256<float> v = Sum(0, near + i, mirrored + i);
                Vector256<float> vr = Sum(1, near + i, mirrored + i), vc = Sum(2, near + i, mirrored + i);
                value += count * v * v;
                rowRow += count * vr * vr;
                rowColumn += count * vr * vc;
                columnColumn += count * vc * vc;
            }

            for (; i < line.Length; i++)
            {
                double v = _near[0][near + i] + _mirrored[0][mirrored + i];
                double vr = _near[1][near + i] + _mirrored[1][mirrored + i];
                double vc = _near[2][near + i] + _mirrored[2][mirrored + i];
                tailValue += line[i] * v * v;
                tailRowRow += line[i] * vr * vr;
                tailRowColumn += line[i] * vr * vc;
                tailColumnColumn += line[i] * vc * vc;
            }
        }

        return new CorrelationNoise(
            Math.Max(Vector256.Sum(value) + tailValue, 0), Math.Max(Vector256.Sum(rowRow) + tailRowRow, 0),
            Vector256.Sum(rowColumn) + tailRowColumn, Math.Max(Vector256.Sum(columnColumn) + tailColumnColumn, 0));
    }

    private Vector256<float> Sum(int derivative, int near, int mirrored) =>
        Lanes.Load(ref _near[derivative][0], near) + Lanes.Load(ref _mirrored[derivative][0], mirrored);

    private void FillNear(SplitComplex kernel, int derivative, float factor)
    {
        for (int c = 0; c < _transform.Shape.Columns; c++)
        {
            for (int r = 0; r < _transform.RowFrequencies; r++)
            {
                int i = (c * _transform.Stride) + r;
                float weight = Weights[i] * factor;
                // The slope of A is conjugated with it: −i·k in place of i·k.
                Store(i, weight * kernel.Real[i], weight * kernel.Imaginary[i], -Step(derivative, r, c), derivative);
            }
        }
    }

    private void FillMirrored(SplitComplex product, SplitComplex kernel, int derivative, float factor)
    {
        for (int c = 0; c < _transform.Shape.Columns; c++)
        {
            for (int r = 0; r < _transform.RowFrequencies; r++)
            {
                int i = (c * _transform.Stride) + r;
                float mr = product.Real[i], mi = product.Imaginary[i], square = (mr * mr) + (mi * mi);
                float weight = square > 0 ? Weights[i] * factor / square : 0;
                float tr = ((mr * mr) - (mi * mi)) * weight, ti = 2 * mr * mi * weight;
                float kr = kernel.Real[i], ki = kernel.Imaginary[i];
                Store(i, (tr * kr) - (ti * ki), (tr * ki) + (ti * kr), Step(derivative, r, c), derivative);
            }
        }
    }

    private void Store(int i, float real, float imaginary, float step, int derivative) =>
        (_spectrum.Real[i], _spectrum.Imaginary[i]) =
            derivative == 0 ? (real, imaginary) : (-step * imaginary, step * real);

    private float Step(int derivative, int r, int c)
    {
        (int rows, int columns) = (_transform.Shape.Rows, _transform.Shape.Columns);
        return derivative switch
        {
            1 => Frequencies.IsNyquist(r, rows) ? 0 : (float)(2 * Math.PI * r / rows),
            2 => Frequencies.IsNyquist(c, columns)
                ? 0
                : (float)(2 * Math.PI * Frequencies.Signed(c, columns) / columns),
            _ => 1,
        };
    }

    private void Double(float[] target, TransformRoom room)
    {
        _transform.Inverse(_spectrum, _image, room);
        int columns = _transform.Shape.Columns;
        for (int row = 0; row < _transform.Shape.Rows; row++)
        {
            ReadOnlySpan<float> line = _image.AsSpan(row * columns, columns);
            line.CopyTo(target.AsSpan(2 * row * columns));
            line.CopyTo(target.AsSpan(((2 * row) + 1) * columns));
        }
    }
}
