using DklActors.Messages.Geometry;
using DklActors.Physics.Fourier;

namespace DklActors.Physics.Registration;

/// <summary>How far one image has moved against another of the same scene, to hundredths of a pixel.</summary>
/// <remarks>
/// First by the peak of a half-whitened phase correlation of the whole images; then the shift is undone, what both
/// images show is cut out and correlated again, some times: a window that does not move along pulls what is left
/// towards zero. The last part of it is told without a window, by least squares, as well as the noise allows. Where
/// those find nothing, the correlation stands. Frequencies that do not stand out of the noise have no say in
/// correlations. The same bits on the same instruction set.
/// </remarks>
public static class ImageRegistration
{
    /// <summary>Fewest rows and columns that are compared.</summary>
    public const int LeastSide = 8;

    private const double CoarseTaper = 0.5;

    // Nothing is searched for any more: what counts is how much of the scene has a say.
    private const double LikenessTaper = 0.25;

    private const int MostSteps = 6;

    // Steps into which a pixel is divided for a start of the least squares.
    private const int Upsampling = 20;

    // Of these steps: below, nothing is left that they can tell.
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
        PixelShift near = Approach(reference, moved, search, peak, out spectrum);
        PixelShift shift = LeastSquaresShift.From(reference, moved, search, near, spectrum)
            ?? LeastSquaresShift.From(reference, moved, search, peak.ToShift(), spectrum)
            ?? near;
        var whole = WholeShift.Of(shift);
        spectrum = Overlap.At(whole, shape).Compare(reference, moved, shift - whole.ToShift(), LikenessTaper);
        double quality = spectrum.CorrelationAt(PixelShift.None, isWhole: false);
        return new ImageMatch(
            shift,
            quality,
            spectrum.CorrelationAt(PixelShift.None, isWhole: true),
            share,
            rival.ToShift(),
            ChanceMatch.Of(spectrum, LikenessTaper, quality, options.RadiusPixels));
    }

    /// <summary>Undoes the shift, looks what is left by plain correlation, and again.</summary>
    /// <param name="reference">The first image.</param>
    /// <param name="moved">The other.</param>
    /// <param name="search">Where to look.</param>
    /// <param name="from">The peak of the whole images' correlation.</param>
    /// <param name="spectrum">Of what both show there.</param>
    private static PixelShift Approach(
        ReadOnlySpan<float> reference,
        ReadOnlySpan<float> moved,
        SearchArea search,
        WholeShift from,
        out CrossSpectrum spectrum)
    {
        PixelShift shift = from.ToShift();
        spectrum = Overlap.At(from, search.Image).Compare(reference, moved, PixelShift.None, CoarseTaper);
        for (int step = 0; step < MostSteps; step++)
        {
            PixelShift rest = Refine(spectrum, default, Upsampling);
            if (!search.IsInside(shift + rest))
            {
                break;
            }

            shift += rest;
            if (rest.Length <= Settled / Upsampling)
            {
                break;
            }

            var whole = WholeShift.Of(shift);
            spectrum = Overlap.At(whole, search.Image)
                .Compare(reference, moved, shift - whole.ToShift(), CoarseTaper);
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
}
