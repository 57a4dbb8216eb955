using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DklActors.Physics.Fourier;

/// <summary>
/// One pass of a Stockham transform (self-sorting, decimation in frequency) along the rows of a matrix: the columns
/// are transformed side by side, so that no number ever moves within a register.
/// </summary>
/// <remarks>
/// With <c>Length</c> = radix · m rows left to combine and blocks of <c>Block</c> rows already done, row
/// block·(q + m·r) goes in and block·(radix·q + r) comes out, times exp(−2πi·q·r / Length)
/// (Van Loan, Computational Frameworks for the Fast Fourier Transform, 1992, section 1.7).
/// </remarks>
internal sealed class RadixPass
{
    private readonly int _radix;
    private readonly int _groups;
    private readonly int _block;
    private readonly float[] _twiddleReal;
    private readonly float[] _twiddleImaginary;
    private readonly float[] _cosines;
    private readonly float[] _sines;

    public RadixPass(int radix, int length, int block)
    {
        _radix = radix;
        _groups = length / radix;
        _block = block;
        _twiddleReal = new float[length];
        _twiddleImaginary = new float[length];
        for (int group = 0; group < _groups; group++)
        {
            for (int output = 0; output < radix; output++)
            {
                (double sine, double cosine) = Math.SinCos(-2 * Math.PI * group * output / length);
                _twiddleReal[(group * radix) + output] = (float)cosine;
                _twiddleImaginary[(group * radix) + output] = (float)sine;
            }
        }

        _cosines = [.. Enumerable.Range(0, radix).Select(i => (float)Math.Cos(2 * Math.PI * i / radix))];
        _sines = [.. Enumerable.Range(0, radix).Select(i => (float)Math.Sin(2 * Math.PI * i / radix))];
    }

    /// <summary>Transforms from one pair of parts into another.</summary>
    public void Run(
        ReadOnlySpan<float> real, ReadOnlySpan<float> imaginary, Span<float> realOut, Span<float> imaginaryOut,
        int stride)
    {
        int run = _block * stride;
        int inputs = _groups * run;
        for (int group = 0; group < _groups; group++)
        {
            int from = group * run;
            int to = group * _radix * run;
            int length = ((_radix - 1) * inputs) + run;
            ReadOnlySpan<float> re = real.Slice(from, length);
            ReadOnlySpan<float> im = imaginary.Slice(from, length);
            Span<float> reOut = realOut.Slice(to, _radix * run);
            Span<float> imOut = imaginaryOut.Slice(to, _radix * run);
            int twiddle = group * _radix;
            switch (_radix)
            {
                case 4: Four(re, im, reOut, imOut, inputs, run, twiddle); break;
                case 2: Two(re, im, reOut, imOut, inputs, run, twiddle); break;
                default: Odd(re, im, reOut, imOut, inputs, run, twiddle); break;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Four(
        ReadOnlySpan<float> real, ReadOnlySpan<float> imaginary, Span<float> realOut, Span<float> imaginaryOut,
        int inputs, int run, int twiddle)
    {
        ref float re = ref Lanes.Start(real);
        ref float im = ref Lanes.Start(imaginary);
        ref float reOut = ref Lanes.Start(realOut);
        ref float imOut = ref Lanes.Start(imaginaryOut);
        Vector256<float> w1r = Vector256.Create(_twiddleReal[twiddle + 1]);
        Vector256<float> w1i = Vector256.Create(_twiddleImaginary[twiddle + 1]);
        Vector256<float> w2r = Vector256.Create(_twiddleReal[twiddle + 2]);
        Vector256<float> w2i = Vector256.Create(_twiddleImaginary[twiddle + 2]);
        Vector256<float> w3r = Vector256.Create(_twiddleReal[twiddle + 3]);
        Vector256<float> w3i = Vector256.Create(_twiddleImaginary[twiddle + 3]);
        for (int i = 0; i < run; i += Lanes.Width)
        {
            Vector256<float> ar = Lanes.Load(ref re, i), ai = Lanes.Load(ref im, i);
            Vector256<float> br = Lanes.Load(ref re, i + inputs), bi = Lanes.Load(ref im, i + inputs);
            Vector256<float> cr = Lanes.Load(ref re, i + (2 * inputs)), ci = Lanes.Load(ref im, i + (2 * inputs));
            Vector256<float> dr = Lanes.Load(ref re, i + (3 * inputs)), di = Lanes.Load(ref im, i + (3 * inputs));
            Vector256<float> acr = ar + cr, aci = ai + ci, amr = ar - cr, ami = ai - ci;
            Vector256<float> bdr = br + dr, bdi = bi + di, bmr = br - dr, bmi = bi - di;
            Lanes.Store(acr + bdr, ref reOut, i);
            Lanes.Store(aci + bdi, ref imOut, i);
            Twiddle(amr + bmi, ami - bmr, w1r, w1i, ref reOut, ref imOut, i + run);
            Twiddle(acr - bdr, aci - bdi, w2r, w2i, ref reOut, ref imOut, i + (2 * run));
            Twiddle(amr - bmi, ami + bmr, w3r, w3i, ref reOut, ref imOut, i + (3 * run));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Two(
        ReadOnlySpan<float> real, ReadOnlySpan<float> imaginary, Span<float> realOut, Span<float> imaginaryOut,
        int inputs, int run, int twiddle)
    {
        ref float re = ref Lanes.Start(real);
        ref float im = ref Lanes.Start(imaginary);
        ref float reOut = ref Lanes.Start(realOut);
        ref float imOut = ref Lanes.Start(imaginaryOut);
        Vector256<float> wr = Vector256.Create(_twiddleReal[twiddle + 1]);
        Vector256<float> wi = Vector256.Create(_twiddleImaginary[twiddle + 1]);
        for (int i = 0; i < run; i += Lanes.Width)
        {
            Vector256<float> ar = Lanes.Load(ref re, i), ai = Lanes.Load(ref im, i);
            Vector256<float> br = Lanes.Load(ref re, i + inputs), bi = Lanes.Load(ref im, i + inputs);
            Lanes.Store(ar + br, ref reOut, i);
            Lanes.Store(ai + bi, ref imOut, i);
            Twiddle(ar - br, ai - bi, wr, wi, ref reOut, ref imOut, i + run);
        }
    }

    // X(k) and X(p − k) share their sums over pairs (j, p − j): cosines of the sums, sines of the differences.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Odd(
        ReadOnlySpan<float> real, ReadOnlySpan<float> imaginary, Span<float> realOut, Span<float> imaginaryOut,
        int inputs, int run, int twiddle)
    {
        ref float re = ref Lanes.Start(real);
        ref float im = ref Lanes.Start(imaginary);
        ref float reOut = ref Lanes.Start(realOut);
        ref float imOut = ref Lanes.Start(imaginaryOut);
        int half = (_radix - 1) / 2;
        for (int i = 0; i < run; i += Lanes.Width)
        {
            Vector256<float> zeroR = Lanes.Load(ref re, i), zeroI = Lanes.Load(ref im, i);
            Vector256<float> sumR = zeroR, sumI = zeroI;
            for (int j = 1; j < _radix; j++)
            {
                sumR += Lanes.Load(ref re, i + (j * inputs));
                sumI += Lanes.Load(ref im, i + (j * inputs));
            }

            Lanes.Store(sumR, ref reOut, i);
            Lanes.Store(sumI, ref imOut, i);
            for (int k = 1; k <= half; k++)
            {
                Vector256<float> evenR = zeroR, evenI = zeroI;
                Vector256<float> oddR = Vector256<float>.Zero, oddI = Vector256<float>.Zero;
                for (int j = 1; j <= half; j++)
                {
                    int phase = j * k % _radix;
                    Vector256<float> cosine = Vector256.Create(_cosines[phase]), sine = Vector256.Create(_sines[phase]);
                    int low = i + (j * inputs), high = i + ((_radix - j) * inputs);
                    Vector256<float> lr = Lanes.Load(ref re, low), li = Lanes.Load(ref im, low);
                    Vector256<float> hr = Lanes.Load(ref re, high), hi = Lanes.Load(ref im, high);
                    evenR += cosine * (lr + hr);
                    evenI += cosine * (li + hi);
                    oddR += sine * (li - hi);
                    oddI += sine * (hr - lr);
                }

                int other = _radix - k;
                Twiddle(
                    evenR + oddR, evenI + oddI, Vector256.Create(_twiddleReal[twiddle + k]),
                    Vector256.Create(_twiddleImaginary[twiddle + k]), ref reOut, ref imOut, i + (k * run));
                Twiddle(
                    evenR - oddR, evenI - oddI, Vector256.Create(_twiddleReal[twiddle + other]),
                    Vector256.Create(_twiddleImaginary[twiddle + other]), ref reOut, ref imOut, i + (other * run));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Twiddle(
        Vector256<float> real, Vector256<float> imaginary, Vector256<float> wr, Vector256<float> wi,
        ref float realOut, ref float imaginaryOut, int index)
    {
        Lanes.Store((real * wr) - (imaginary * wi), ref realOut, index);
        Lanes.Store((real * wi) + (imaginary * wr), ref imaginaryOut, index);
    }
}
