using DklActors.Messages.Geometry;
using DklActors.Physics.Fourier;

namespace DklActors.Physics.Registration;

/// <summary>How the frequencies of two images are weighed against each other.</summary>
internal enum SpectralWeight
{
    /// <summary>By their power: plain cross-correlation, the least error where the noise is white.</summary>
    Power,

    /// <summary>By the root of their power: half-way to phase correlation, a sharper peak.</summary>
    HalfWhitened,

    /// <summary>All alike: phase correlation.</summary>
    Whitened,
}

/// <summary>
/// The cross-power spectrum of two windowed images of one shape, from which correlations follow. Frequencies that do
/// not stand out of the noise have no say unless they are asked for.
/// </summary>
/// <remarks>
/// The noise, white by assumption, is told from the highest frequencies, where little else is: the median of their
/// power over ln 2, which is the mean of an exponential distribution of that median.
/// </remarks>
internal sealed partial class CrossSpectrum
{
    // Highest frequencies, in cycles per px, from which the noise is told; half a cycle is the most there is.
    private const double NoiseFrom = 0.4;

    // A mean of nine powers is above three times that of the noise once in 10⁴.
    private const double NoiseFactor = 4;

    // Below the transform's own rounding nothing stands out.
    private const double RoundingFloor = 1e-12;

    private readonly RealTransform _transform;
    private readonly TransformRoom _room;
    private readonly SplitComplex _first;
    private readonly SplitComplex _second;
    private readonly SplitComplex _product;
    private readonly float[] _firstPower;
    private readonly float[] _secondPower;
    private readonly bool[] _standsOut;

    private CrossSpectrum(RealTransform transform, TransformRoom room, SplitComplex first, SplitComplex second)
    {
        _transform = transform;
        _room = room;
        (_first, _second) = (first, second);
        _product = transform.NewSpectrum();
        _firstPower = new float[transform.SpectrumLength];
        _secondPower = new float[transform.SpectrumLength];
        for (int i = 0; i < _firstPower.Length; i++)
        {
            (float ar, float ai) = (first.Real[i], first.Imaginary[i]);
            (float br, float bi) = (second.Real[i], second.Imaginary[i]);
            _firstPower[i] = (ar * ar) + (ai * ai);
            _secondPower[i] = (br * br) + (bi * bi);
            _product.Real[i] = (ar * br) + (ai * bi);
            _product.Imaginary[i] = (ar * bi) - (ai * br);
        }

        _standsOut = WhatStandsOut();
    }

    public GridShape Shape => _transform.Shape;

    /// <summary>The spectrum of what two images have in common.</summary>
    /// <param name="first">Row-major.</param>
    /// <param name="second">As large.</param>
    /// <param name="shape">Rows and columns of both.</param>
    /// <param name="taper">Share of each edge that is tapered; 0 for none, and then the mean stays in.</param>
    public static CrossSpectrum Of(
        ReadOnlySpan<float> first, ReadOnlySpan<float> second, GridShape shape, double taper)
    {
        var transform = RealTransform.For(shape);
        var room = new TransformRoom(transform);
        SplitComplex a = transform.NewSpectrum();
        SplitComplex b = transform.NewSpectrum();
        transform.Forward(Windowed(first, shape, taper), a, room);
        transform.Forward(Windowed(second, shape, taper), b, room);
        return new CrossSpectrum(transform, room, a, b);
    }

    /// <summary>The weighed spectrum.</summary>
    /// <param name="weight">How.</param>
    /// <param name="isWhole">Whether frequencies that do not stand out of the noise count too.</param>
    public SplitComplex Weighed(SpectralWeight weight, bool isWhole = false)
    {
        SplitComplex weighed = _transform.NewSpectrum();
        for (int i = 0; i < _standsOut.Length; i++)
        {
            if (!isWhole && !_standsOut[i])
            {
                continue;
            }

            double size = double.Hypot(_product.Real[i], _product.Imaginary[i]);
            double factor = size == 0 ? 0 : weight switch
            {
                SpectralWeight.Power => 1,
                SpectralWeight.HalfWhitened => 1 / Math.Sqrt(size),
                _ => 1 / size,
            };
            weighed.Real[i] = (float)(factor * _product.Real[i]);
            weighed.Imaginary[i] = (float)(factor * _product.Imaginary[i]);
        }

        return weighed;
    }

    /// <summary>The correlation at every whole shift, row-major, wrapping around.</summary>
    public float[] Surface(SplitComplex weighed)
    {
        float[] surface = new float[Shape.Count];
        _transform.Inverse(weighed, surface, _room);
        return surface;
    }

    /// <summary>
    /// The correlation on a fine grid of shifts, by the discrete Fourier transform as a product of matrices:
    /// Guizar-Sicairos, Thurman and Fienup, Opt. Lett. 33 (2008) 156.
    /// </summary>
    /// <param name="weighed">The weighed spectrum.</param>
    /// <param name="rows">Row shifts, px.</param>
    /// <param name="columns">Column shifts, px.</param>
    /// <returns>Rows × columns, unscaled.</returns>
    public double[] At(SplitComplex weighed, ReadOnlySpan<double> rows, ReadOnlySpan<double> columns)
    {
        (int height, int width) = (rows.Length, columns.Length);
        int frequencies = _transform.RowFrequencies;
        // First over the column frequencies: one complex number a row frequency and column shift.
        double[] re = new double[frequencies * width];
        double[] im = new double[frequencies * width];
        for (int c = 0; c < Shape.Columns; c++)
        {
            double frequency = (double)Frequencies.Signed(c, Shape.Columns) / Shape.Columns;
            for (int j = 0; j < width; j++)
            {
                (double sine, double cosine) = Math.SinCos(2 * Math.PI * frequency * columns[j]);
                for (int r = 0; r < frequencies; r++)
                {
                    int i = (c * _transform.Stride) + r;
                    re[(r * width) + j] += (weighed.Real[i] * cosine) - (weighed.Imaginary[i] * sine);
                    im[(r * width) + j] += (weighed.Real[i] * sine) + (weighed.Imaginary[i] * cosine);
                }
            }
        }

        double[] found = new double[height * width];
        for (int i = 0; i < height; i++)
        {
            for (int r = 0; r < frequencies; r++)
            {
                (double sine, double cosine) = Math.SinCos(2 * Math.PI * r * rows[i] / Shape.Rows);
                double times = Times(r);
                for (int j = 0; j < width; j++)
                {
                    found[(i * width) + j] += times * ((re[(r * width) + j] * cosine) - (im[(r * width) + j] * sine));
                }
            }
        }

        return found;
    }

    /// <summary>Normalised correlation at a shift.</summary>
    /// <param name="shift">The shift, px.</param>
    /// <param name="isWhole">Whether frequencies that do not stand out of the noise count too.</param>
    /// <returns>−1 to 1; 0 where nothing counts.</returns>
    public double CorrelationAt(PixelShift shift, bool isWhole)
    {
        double common = At(Weighed(SpectralWeight.Power, isWhole), [shift.Rows], [shift.Columns])[0];
        (double first, double second) = (0, 0);
        for (int c = 0; c < Shape.Columns; c++)
        {
            for (int r = 0; r < _transform.RowFrequencies; r++)
            {
                int i = (c * _transform.Stride) + r;
                if (isWhole || _standsOut[i])
                {
                    first += Times(r) * _firstPower[i];
                    second += Times(r) * _secondPower[i];
                }
            }
        }

        return first > 0 && second > 0 ? common / Math.Sqrt(first * second) : 0;
    }

    // Row frequencies other than 0 and the middle of an even length stand for their conjugates too.
    private int Times(int row) => row == 0 || Frequencies.IsNyquist(row, Shape.Rows) ? 1 : 2;

    private static float[] Windowed(ReadOnlySpan<float> image, GridShape shape, double taper)
    {
        if (taper == 0)
        {
            return image.ToArray();
        }

        double[] rows = TukeyWindow.Of(shape.Rows, taper);
        double[] columns = TukeyWindow.Of(shape.Columns, taper);
        (double sum, double weights) = (0, 0);
        for (int i = 0; i < image.Length; i++)
        {
            double weight = rows[i / shape.Columns] * columns[i % shape.Columns];
            sum += weight * image[i];
            weights += weight;
        }

        double mean = sum / weights;
        float[] windowed = new float[image.Length];
        for (int i = 0; i < windowed.Length; i++)
        {
            windowed[i] = (float)((image[i] - mean) * rows[i / shape.Columns] * columns[i % shape.Columns]);
        }

        return windowed;
    }

    private bool[] WhatStandsOut()
    {
        double[] first = Smoothed(_firstPower);
        double[] second = Smoothed(_secondPower);
        double[] power = new double[first.Length];
        for (int i = 0; i < power.Length; i++)
        {
            power[i] = Math.Sqrt(first[i] * second[i]);
        }

        double noise = Math.Max(
            Math.Sqrt(NoiseOf(_firstPower) * NoiseOf(_secondPower)), RoundingFloor * power.Max());
        return [.. power.Select(value => value > NoiseFactor * noise)];
    }

    private double NoiseOf(float[] power)
    {
        List<float> highest = [];
        for (int c = 0; c < Shape.Columns; c++)
        {
            double column = Math.Abs((double)Frequencies.Signed(c, Shape.Columns)) / Shape.Columns;
            for (int r = 0; r < _transform.RowFrequencies; r++)
            {
                if (Math.Max(column, (double)r / Shape.Rows) >= NoiseFrom)
                {
                    highest.Add(power[(c * _transform.Stride) + r]);
                }
            }
        }

        highest.Sort();
        return highest.Count == 0 ? 0 : highest[highest.Count / 2] / Math.Log(2);
    }

    /// <summary>Mean over each frequency and its eight neighbours: one power alone scatters by its own size.</summary>
    private double[] Smoothed(float[] power)
    {
        double[] smoothed = new double[power.Length];
        int last = _transform.RowFrequencies - 1;
        for (int c = 0; c < Shape.Columns; c++)
        {
            for (int r = 0; r <= last; r++)
            {
                double sum = 0;
                for (int dc = -1; dc <= 1; dc++)
                {
                    for (int dr = -1; dr <= 1; dr++)
                    {
                        sum += PowerAt(power, c + dc, r + dr);
                    }
                }

                smoothed[(c * _transform.Stride) + r] = sum / 9;
            }
        }

        return smoothed;
    }

    /// <summary>Power at any frequency, by the symmetry of the spectra of real images.</summary>
    private double PowerAt(float[] power, int column, int row)
    {
        int r = ((row % Shape.Rows) + Shape.Rows) % Shape.Rows;
        if (r >= _transform.RowFrequencies)
        {
            (r, column) = (Shape.Rows - r, -column);
        }

        int c = ((column % Shape.Columns) + Shape.Columns) % Shape.Columns;
        return power[(c * _transform.Stride) + r];
    }
}
