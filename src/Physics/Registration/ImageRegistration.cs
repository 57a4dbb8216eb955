using DklActors.Messages.Geometry;
using DklActors.Physics.Fourier;

namespace DklActors.Physics.Registration;

/// <summary>How far one image has moved against another of the same scene, to hundredths of a pixel.</summary>
/// <remarks>
/// First by the peak of a half-whitened phase correlation of the whole images; then the shift is undone, what both
/// images show is cut out and correlated again, until nothing is left: a window that does not move along pulls what is
/// left towards zero. That is found on a grid of hundredths of a pixel, in the end by plain correlation, which has the
/// least error for white noise. Frequencies that do not stand out of the noise have no say. The same bits on the same
/// instruction set.
/// </remarks>
public static class ImageRegistration
{
    /// <summary>Fewest rows and columns that are compared.</summary>
    public const int LeastSide = 8;

    private const double CoarseTaper = 0.5;
    private const double FineTaper = 1;
    private const int MostSteps = 24;

    // Steps of the fine grid below which nothing is left.
    private const double Settled = 1.5;

    // Twice the width of a peak that is about a pixel wide: what is nearer is its own flank.
    private const double RivalDistance = 3;

    /// <summary>Compares two images, row-major, all of whose values are finite.</summary>
    /// <param name="reference">The first.</param>
    /// <param name="moved">The other.</param>
    /// <param name="shape">Rows and columns of both; at least <see cref="LeastSide"/> each.</param>
    /// <param name="options">Where to search.</param>
    /// <exception cref="ArgumentException">The images are too small, or not of that shape.</exception>
    public static ImageMatch Match(
        ReadOnlySpan<float> reference, ReadOnlySpan<float> moved, GridShape shape, MatchOptions options)
    {
        if (Math.Min(shape.Rows, shape.Columns) < LeastSide || reference.Length != shape.Count
            || moved.Length != shape.Count)
        {
            throw new ArgumentException(
                $"Images of {reference.Length} and {moved.Length} values cannot be compared as {shape}; both must have "
                + $"that shape, of at least {LeastSide} px a side.", nameof(shape));
        }

        var search = new SearchArea(options, shape);
        WholeShift at = search.Start;
        Overlap overlap = Overlap.At(at, shape);
        CrossSpectrum spectrum = overlap.Compare(reference, moved, PixelShift.None, CoarseTaper);
        float[] surface = spectrum.Surface(spectrum.Weighed(SpectralWeight.HalfWhitened));
        WholeShift peak = search.HighestIn(surface, overlap.Shape, at);
        (WholeShift rival, double share) = search.RivalIn(surface, overlap.Shape, at, peak, RivalDistance);
        PixelShift shift = Approach(reference, moved, search, peak, options.Upsampling, out spectrum);
        return new ImageMatch(
            shift,
            spectrum.CorrelationAt(PixelShift.None, isWhole: false),
            spectrum.CorrelationAt(PixelShift.None, isWhole: true),
            share,
            rival.ToShift());
    }

    /// <summary>
    /// Undoes the shift, looks what is left, and again: what is left is always underestimated, for the window stands
    /// still, until there is nothing.
    /// </summary>
    private static PixelShift Approach(
        ReadOnlySpan<float> reference,
        ReadOnlySpan<float> moved,
        SearchArea search,
        WholeShift from,
        int upsampling,
        out CrossSpectrum spectrum)
    {
        PixelShift shift = from.ToShift();
        SpectralWeight weight = SpectralWeight.HalfWhitened;
        spectrum = Overlap.At(from, search.Image).Compare(reference, moved, PixelShift.None, FineTaper);
        for (int step = 0; step < MostSteps; step++)
        {
            PixelShift rest = Refine(spectrum, default, upsampling, weight);
            if (!search.IsInside(shift + rest))
            {
                break;
            }

            shift += rest;
            var whole = WholeShift.Of(shift);
            spectrum = Overlap.At(whole, search.Image)
                .Compare(reference, moved, shift - whole.ToShift(), FineTaper);
            if (rest.Length <= Settled / upsampling)
            {
                if (weight == SpectralWeight.Power)
                {
                    break;
                }

                weight = SpectralWeight.Power;
            }
        }

        return shift;
    }

    /// <summary>The highest correlation within a pixel of a whole shift.</summary>
    internal static PixelShift Refine(
        CrossSpectrum spectrum,
        WholeShift about,
        int upsampling,
        SpectralWeight weight = SpectralWeight.Power,
        bool isWhole = false)
    {
        double[] rows = Steps(about.Rows, upsampling);
        double[] columns = Steps(about.Columns, upsampling);
        double[] fine = spectrum.At(spectrum.Weighed(weight, isWhole), rows, columns);
        int highest = 0;
        for (int i = 1; i < fine.Length; i++)
        {
            highest = fine[i] > fine[highest] ? i : highest;
        }

        return new PixelShift(rows[highest / columns.Length], columns[highest % columns.Length]);
    }

    private static double[] Steps(int about, int upsampling) =>
        [.. Enumerable.Range(-upsampling, (2 * upsampling) + 1).Select(step => about + ((double)step / upsampling))];

    /// <summary>The part of the scene that both images show where one lies shifted upon the other.</summary>
    private readonly record struct Overlap(int FirstRow, int FirstColumn, GridShape Shape, WholeShift Shift, int Width)
    {
        public static Overlap At(WholeShift shift, GridShape image) => new(
            Math.Max(0, -shift.Rows),
            Math.Max(0, -shift.Columns),
            new GridShape(image.Rows - Math.Abs(shift.Rows), image.Columns - Math.Abs(shift.Columns)),
            shift,
            image.Columns);

        /// <summary>Compares the part, the other image moved back by a further part of a pixel.</summary>
        public CrossSpectrum Compare(
            ReadOnlySpan<float> reference, ReadOnlySpan<float> moved, PixelShift part, double taper)
        {
            float[] other = Cut(moved, FirstRow + Shift.Rows, FirstColumn + Shift.Columns);
            return CrossSpectrum.Of(
                Cut(reference, FirstRow, FirstColumn), CubicShift.Of(other, Shape, part), Shape, taper);
        }

        private float[] Cut(ReadOnlySpan<float> image, int firstRow, int firstColumn)
        {
            float[] cut = new float[Shape.Count];
            for (int row = 0; row < Shape.Rows; row++)
            {
                image.Slice(((firstRow + row) * Width) + firstColumn, Shape.Columns)
                    .CopyTo(cut.AsSpan(row * Shape.Columns));
            }

            return cut;
        }
    }

    /// <summary>The whole shifts that are looked at.</summary>
    private readonly struct SearchArea
    {
        private readonly MatchOptions _options;

        public SearchArea(MatchOptions options, GridShape image)
        {
            _options = options;
            Image = image;
            Start = new WholeShift(
                Within(options.Guess.Rows, image.Rows), Within(options.Guess.Columns, image.Columns));
        }

        public GridShape Image { get; }

        public WholeShift Start { get; }

        /// <summary>The highest value of a surface, as the whole shift from image to image.</summary>
        /// <param name="surface">Correlation, wrapping around.</param>
        /// <param name="shape">Its rows and columns.</param>
        /// <param name="zero">The shift that its origin stands for.</param>
        public WholeShift HighestIn(float[] surface, GridShape shape, WholeShift zero)
        {
            WholeShift found = zero;
            float highest = float.NegativeInfinity;
            for (int i = 0; i < surface.Length; i++)
            {
                WholeShift step = StepOf(i, shape);
                if (surface[i] > highest && IsInside((zero + step).ToShift()))
                {
                    (found, highest) = (zero + step, surface[i]);
                }
            }

            return found;
        }

        /// <summary>The highest local maximum away from the peak, and its height as a share of the peak's.</summary>
        public (WholeShift Shift, double Share) RivalIn(
            float[] surface, GridShape shape, WholeShift zero, WholeShift peak, double distance)
        {
            (WholeShift found, double highest) = (peak, 0);
            for (int i = 0; i < surface.Length; i++)
            {
                WholeShift shift = zero + StepOf(i, shape);
                if (surface[i] > highest && (shift - peak).ToShift().Length >= distance && IsInside(shift.ToShift())
                    && IsLocalMaximum(surface, shape, i))
                {
                    (found, highest) = (shift, surface[i]);
                }
            }

            WholeShift top = peak - zero;
            double height = surface[shape.IndexOf(new GridPoint(
                Wrapped(top.Rows, shape.Rows), Wrapped(top.Columns, shape.Columns)))];
            return (found, height > 0 ? highest / height : 0);
        }

        // A shift that leaves too little of the scene is not looked at.
        public bool IsInside(PixelShift shift) =>
            (shift - _options.Guess).Length <= _options.RadiusPixels
            && Image.Rows - Math.Ceiling(Math.Abs(shift.Rows)) >= Math.Max(LeastSide, Image.Rows / 3)
            && Image.Columns - Math.Ceiling(Math.Abs(shift.Columns)) >= Math.Max(LeastSide, Image.Columns / 3);

        private static bool IsLocalMaximum(float[] surface, GridShape shape, int index)
        {
            GridPoint place = shape.PointAt(index);
            for (int dr = -1; dr <= 1; dr++)
            {
                for (int dc = -1; dc <= 1; dc++)
                {
                    int near = (Wrapped(place.Row + dr, shape.Rows) * shape.Columns)
                        + Wrapped(place.Column + dc, shape.Columns);
                    if (surface[near] > surface[index])
                    {
                        return false;
                    }
                }
            }

            return true;
        }

        private static WholeShift StepOf(int index, GridShape shape) => new(
            Frequencies.Signed(index / shape.Columns, shape.Rows),
            Frequencies.Signed(index % shape.Columns, shape.Columns));

        private static int Wrapped(int step, int length) => ((step % length) + length) % length;

        private static int Within(double guess, int length)
        {
            int most = Math.Min(length - LeastSide, length * 2 / 3);
            return (int)Math.Clamp(Math.Round(guess), -most, most);
        }
    }
}
