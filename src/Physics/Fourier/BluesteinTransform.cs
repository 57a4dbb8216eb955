using System.Runtime.Intrinsics;

namespace DklActors.Physics.Fourier;

/// <summary>Any length as a cyclic convolution with a chirp (Bluestein, IEEE Trans. Audio 18, 451, 1970).</summary>
/// <remarks>
/// j·k = (j² + k² − (k − j)²) / 2, so X(k) = c(k)·Σ x(j)·c(j)·c*(k − j) with the chirp c(j) = exp(−πi·j² / n).
/// </remarks>
internal sealed class BluesteinTransform : AxisTransform
{
    private readonly MixedRadixTransform _convolution;
    private readonly float[] _chirpReal;
    private readonly float[] _chirpImaginary;
    private readonly float[] _filterReal;
    private readonly float[] _filterImaginary;

    public BluesteinTransform(int length)
        : base(length)
    {
        int padded = Factors.NextSmooth((2 * length) - 1);
        _convolution = new MixedRadixTransform(padded, Factors.Of(padded));
        _chirpReal = new float[length];
        _chirpImaginary = new float[length];
        var filter = new SplitComplex(padded * Lanes.Width);
        for (int j = 0; j < length; j++)
        {
            // j² modulo 2n, lest the phase lose its digits.
            (double sine, double cosine) = Math.SinCos(-Math.PI * ((long)j * j % (2L * length)) / length);
            _chirpReal[j] = (float)cosine;
            _chirpImaginary[j] = (float)sine;
            foreach (int row in (int[])[j, (padded - j) % padded])
            {
                filter.Real[row * Lanes.Width] = (float)cosine;
                filter.Imaginary[row * Lanes.Width] = (float)-sine;
            }
        }

        SplitComplex spectrum = _convolution.Transform(
            filter, new SplitComplex(padded * Lanes.Width), Lanes.Width, inverse: false);
        int[] rows = [.. Enumerable.Range(0, padded)];
        _filterReal = Array.ConvertAll(rows, row => spectrum.Real[row * Lanes.Width] / padded);
        _filterImaginary = Array.ConvertAll(rows, row => spectrum.Imaginary[row * Lanes.Width] / padded);
    }

    public override int RowsNeeded => _convolution.Length;

    public override SplitComplex Transform(SplitComplex data, SplitComplex scratch, int stride, bool inverse)
    {
        Exchange(data, inverse, Length * stride);
        Multiply(data, _chirpReal, _chirpImaginary, stride);
        int used = Length * stride, all = _convolution.Length * stride;
        data.Real.AsSpan(used, all - used).Clear();
        data.Imaginary.AsSpan(used, all - used).Clear();
        SplitComplex spectrum = _convolution.Transform(data, scratch, stride, inverse: false);
        Multiply(spectrum, _filterReal, _filterImaginary, stride);
        SplitComplex other = ReferenceEquals(spectrum, data) ? scratch : data;
        SplitComplex result = _convolution.Transform(spectrum, other, stride, inverse: true);
        Multiply(result, _chirpReal, _chirpImaginary, stride);
        Exchange(result, inverse, Length * stride);
        return result;
    }

    private static void Exchange(SplitComplex numbers, bool really, int count)
    {
        for (int i = 0; really && i < count; i++)
        {
            (numbers.Real[i], numbers.Imaginary[i]) = (numbers.Imaginary[i], numbers.Real[i]);
        }
    }

    // Every row by its own number.
    private static void Multiply(SplitComplex numbers, float[] real, float[] imaginary, int stride)
    {
        ref float re = ref numbers.Real[0];
        ref float im = ref numbers.Imaginary[0];
        for (int row = 0; row < real.Length; row++)
        {
            Vector256<float> fr = Vector256.Create(real[row]), fi = Vector256.Create(imaginary[row]);
            for (int i = row * stride; i < (row + 1) * stride; i += Lanes.Width)
            {
                Vector256<float> r = Lanes.Load(ref re, i), x = Lanes.Load(ref im, i);
                Lanes.Store((r * fr) - (x * fi), ref re, i);
                Lanes.Store((r * fi) + (x * fr), ref im, i);
            }
        }
    }
}
