using DklActors.Messages.Geometry;
using DklActors.Physics.Patterns.Judging;

namespace DklActors.Physics.Patterns.Masks;

/// <summary>Σ w·I: bright field, annular bright field, annular dark field or any mask.</summary>
/// <remarks>
/// Standard error √Σ w²·I, and at least that of one count: a detector that saw nothing has seen "less than about one".
/// </remarks>
public sealed class VirtualDetector
{
    private readonly double _heaviest;

    /// <param name="mask">Weights of the pixels.</param>
    /// <param name="saturationCounts">Counts a pixel from which the detector no longer counts; null: unknown.</param>
    /// <exception cref="ArgumentException">The mask lets nothing through.</exception>
    public VirtualDetector(PatternMask mask, double? saturationCounts = null)
    {
        ArgumentNullException.ThrowIfNull(mask);
        if (mask.PixelCount == 0)
        {
            throw new ArgumentException($"No pixel of the detector of {mask.Shape} lies in the mask.", nameof(mask));
        }

        Mask = mask;
        SaturationCounts = saturationCounts;
        foreach (float weight in mask.Weights)
        {
            _heaviest = Math.Max(_heaviest, Math.Abs(weight));
        }
    }

    public PatternMask Mask { get; }

    public double? SaturationCounts { get; }

    /// <summary>Weighted sum in counts.</summary>
    public Measured Sum(ReadOnlySpan<float> counts, GridShape shape)
    {
        Finding fit = PatternInspection.Fit(counts, shape, Mask.Shape);
        if (fit.IsBad)
        {
            return Measured.Bad(fit);
        }

        var sum = MaskedSum.Of(counts, Mask);
        Finding finding = PatternInspection.Of(
            counts, Mask, sum.Sum, sum.Least, sum.Greatest, SaturationCounts);
        return Measured.Of(sum.Sum, Math.Max(Math.Sqrt(sum.Variance), _heaviest), finding);
    }
}
