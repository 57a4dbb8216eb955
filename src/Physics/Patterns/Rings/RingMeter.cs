using DklActors.Messages.Geometry;
using DklActors.Physics.Patterns.Judging;
using DklActors.Physics.Patterns.Masks;
using DklActors.Physics.Patterns.Moments;
using DklActors.Physics.Patterns.Rooms;

namespace DklActors.Physics.Patterns.Rings;

/// <summary>Radius of an amorphous ring in px: a Gaussian on a slope, fitted to the azimuthal mean.</summary>
/// <remarks>The standard error is that of the fit, with the Poisson errors of the bins.</remarks>
public sealed class RingMeter
{
    internal const int FewestBins = 10;
    private const double Significant = 4;

    private readonly RingOptions _options;
    private readonly PatternMask _mask;
    private readonly CentreOfMassMeter? _centre;
    private readonly double? _saturationCounts;
    private readonly RoomPool<RadialProfile> _rooms;

    /// <param name="shape">Shape of the patterns.</param>
    /// <param name="options">Where the ring is looked for.</param>
    /// <param name="saturationCounts">Counts a pixel from which the detector no longer counts; null: unknown.</param>
    /// <exception cref="ArgumentException">The radii hold fewer than ten px, or lie outside the detector.</exception>
    public RingMeter(GridShape shape, RingOptions options, double? saturationCounts = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        int bins = (int)Math.Floor(options.OuterPixels - options.InnerPixels);
        if (!(options.InnerPixels >= 0) || bins < FewestBins)
        {
            throw new ArgumentException(
                $"Radii from {options.InnerPixels} px to {options.OuterPixels} px are too few to fit a ring and what "
                + $"is under it: {FewestBins} px are needed.", nameof(options));
        }

        _mask = PatternMask.Ring(shape, options.Centre, options.InnerPixels, options.OuterPixels);
        if (_mask.PixelCount < 8 * bins)
        {
            throw new ArgumentException(
                $"Radii from {options.InnerPixels} px to {options.OuterPixels} px about {options.Centre} lie outside "
                + $"the detector of {shape}.", nameof(options));
        }

        _options = options;
        _saturationCounts = saturationCounts;
        _centre = options.FollowRadiusPixels is { } radius
            ? new CentreOfMassMeter(PatternMask.Disc(shape, options.Centre, radius), options.Centre)
            : null;
        _rooms = new RoomPool<RadialProfile>(() => new RadialProfile(bins));
    }

    /// <summary>Radius in px of the ring of one pattern.</summary>
    public Measured Radius(ReadOnlySpan<float> counts, GridShape shape)
    {
        Finding finding = PatternInspection.Fit(counts, shape, _mask.Shape);
        if (finding.IsBad)
        {
            return Measured.Bad(finding);
        }

        var sum = MaskedSum.Of(counts, _mask);
        finding = PatternInspection.Of(counts, _mask, sum.Sum, sum.Least, sum.Greatest, _saturationCounts);
        if (finding.IsBad)
        {
            return Measured.Bad(finding);
        }

        if (!(sum.Sum > 0))
        {
            return Measured.Bad("There is no electron where the ring is looked for.");
        }

        PatternPoint centre = _options.Centre;
        if (_centre is not null)
        {
            CentreOfMass moved = _centre.Measure(counts, shape);
            if (moved.Finding.IsBad)
            {
                return Measured.Bad(moved.Finding);
            }

            centre = new PatternPoint(centre.Row + moved.Y, centre.Column + moved.X);
        }

        RadialProfile profile = _rooms.Rent();
        profile.Fill(counts, shape, centre, _options.InnerPixels);
        Span<double> parameters = stackalloc double[RingFit.Parameters];
        Span<double> covariance = stackalloc double[RingFit.Parameters * RingFit.Parameters];
        bool converged = RingFit.TryFit(profile, parameters, covariance);
        _rooms.Return(profile);
        return Judge(converged, parameters, covariance, finding);
    }

    private Measured Judge(
        bool converged, ReadOnlySpan<double> parameters, ReadOnlySpan<double> covariance, Finding finding)
    {
        double height = parameters[0], radius = parameters[1], width = parameters[2];
        double heightError = Math.Sqrt(Math.Max(covariance[0], 0));
        double error = Math.Sqrt(Math.Max(covariance[RingFit.Parameters + 1], 0));
        if (!converged || !(radius > _options.InnerPixels && radius < _options.OuterPixels))
        {
            return Measured.Bad(FormattableString.Invariant(
                $"There is no ring between {_options.InnerPixels} px and {_options.OuterPixels} px."));
        }

        if (!(height > Significant * heightError))
        {
            return Measured.Bad(FormattableString.Invariant(
                $"What looks like a ring at {radius:F1} px ({height:G3} counts a pixel, standard error ")
                + FormattableString.Invariant($"{heightError:G3}) may be noise."));
        }

        return Measured.Of(radius, error, width > (_options.OuterPixels - _options.InnerPixels) / 2
            ? finding.And(Finding.Suspect("The ring is as wide as the radii it is looked for in."))
            : finding);
    }
}
