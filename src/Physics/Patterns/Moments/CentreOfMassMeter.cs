using DklActors.Messages.Geometry;
using DklActors.Physics.Patterns.Judging;
using DklActors.Physics.Patterns.Masks;

namespace DklActors.Physics.Patterns.Moments;

/// <summary>First moment of a pattern: Σ I·(r − r₀) / Σ I, in px of the detector.</summary>
/// <remarks>
/// By error propagation of independent Poisson counts, var = Σ I·(r − ⟨r⟩)² / (Σ I)², that is the spread of the pattern
/// over the number of electrons; times S/(S − 1) since the mean is estimated from the same counts, and at least that
/// of electrons spread evenly over one pixel (1/12 px²), lest one electron claim to be exact.
/// </remarks>
public sealed class CentreOfMassMeter
{
    private const double PixelVariance = 1.0 / 12;

    private readonly PatternPoint _centre;
    private readonly PatternMask _mask;
    private readonly float _threshold;
    private readonly double? _saturationCounts;

    /// <param name="mask">Pixels that count; any weight but zero is one.</param>
    /// <param name="centre">Where the optic axis meets the detector.</param>
    /// <param name="thresholdCounts">Counts up to this are taken for none; biases what it cuts off.</param>
    /// <param name="saturationCounts">Counts a pixel from which the detector no longer counts; null: unknown.</param>
    /// <exception cref="ArgumentException">The mask lets nothing through.</exception>
    public CentreOfMassMeter(
        PatternMask mask, PatternPoint centre, double thresholdCounts = 0, double? saturationCounts = null)
    {
        ArgumentNullException.ThrowIfNull(mask);
        if (mask.PixelCount == 0)
        {
            throw new ArgumentException($"No pixel of the detector of {mask.Shape} lies in the mask.", nameof(mask));
        }

        _mask = mask;
        _centre = centre;
        _saturationCounts = saturationCounts;
        // Without a threshold, negative counts stay, so that a dark-subtracted mean stays unbiased.
        _threshold = thresholdCounts > 0 ? (float)thresholdCounts : float.NegativeInfinity;
    }

    /// <summary>Displacement from the optic axis.</summary>
    public CentreOfMass Measure(ReadOnlySpan<float> counts, GridShape shape)
    {
        Finding fit = PatternInspection.Fit(counts, shape, _mask.Shape);
        if (fit.IsBad)
        {
            return CentreOfMass.Bad(fit);
        }

        int aboutRow = (int)Math.Round(_centre.Row), aboutColumn = (int)Math.Round(_centre.Column);
        var moments = MaskedMoments.Of(counts, _mask, _threshold, aboutRow, aboutColumn);
        Finding finding = PatternInspection.Of(
            counts, _mask, moments.Sum, moments.Least, moments.Greatest, _saturationCounts);
        if (finding.IsBad)
        {
            return CentreOfMass.Bad(finding);
        }

        double sum = moments.Sum;
        if (!(sum > 0))
        {
            return CentreOfMass.Bad(Finding.Bad(
                $"The counts in the mask that exceed the threshold sum to {sum}: there is no centre of mass."));
        }

        double row = moments.Row / sum, column = moments.Column / sum;
        // Of one electron the spread is unknown; S/(S − 1) is meant for many.
        double electrons = Math.Max(sum, 2) - 1;
        double varianceX = Math.Max((moments.ColumnColumn / sum) - (column * column), PixelVariance) / electrons;
        double varianceY = Math.Max((moments.RowRow / sum) - (row * row), PixelVariance) / electrons;
        double covariance = ((moments.RowColumn / sum) - (row * column)) / electrons;
        return new CentreOfMass(
            column + aboutColumn - _centre.Column, row + aboutRow - _centre.Row, varianceX, varianceY,
            covariance, finding);
    }
}
