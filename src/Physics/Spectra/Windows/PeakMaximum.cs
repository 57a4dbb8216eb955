using DklActors.Messages.Frames;
using DklActors.Messages.Scalars;
using DklActors.Physics.Scalarizers;

namespace DklActors.Physics.Spectra.Windows;

/// <summary>Largest count of one channel in a window, as in the published loops.</summary>
/// <remarks>
/// The largest of n noisy channels lies above the largest expected count: for a flat band of λ counts by about
/// √(2 ln n · λ), for a sharp peak by little. The standard error √maximum is that of the one channel and knows
/// nothing of this bias; where it matters, a band mean around the peak is the better scalarizer.
/// </remarks>
internal sealed class PeakMaximum(ScalarizerSpec spec) : SpectrumScalarizer(Kind, spec)
{
    public static readonly ScalarizerKind Kind = new(
        "peak-maximum", 1, FrameNeed.Spectrum, "Largest count of one channel in the window.",
        [SpectrumParameters.Window, .. SpectrumParameters.OfAll])
    {
        Create = static spec => new PeakMaximum(spec),
        Label = static spec => $"maximum of {SpectrumParameters.TextOf(spec, SpectrumParameters.Window)}",
    };

    private readonly EnergyWindow _window = spec.Get(SpectrumParameters.Window);

    public override string Unit => "counts";

    protected override ScalarResult Measure(ref Spectrum spectrum)
    {
        if (WindowCounts.Of(ref spectrum, _window, out WindowCounts counts) is { } problem)
        {
            return ScalarResult.Bad(problem);
        }

        // The saturated channel is the maximum itself: nothing of the peak's height is left in it.
        if (counts.Maximum >= Saturation)
        {
            return ScalarResult.Bad($"The peak is saturated ({counts.Maximum} counts, level {Saturation}).");
        }

        double variance = spectrum.Variances[counts.MaximumChannel]
            + spectrum.SharedVarianceOfSum(counts.MaximumChannel, 1);
        return spectrum.ResultOf(counts.Maximum, Math.Sqrt(Math.Max(variance, 1)));
    }
}
