using DklActors.Messages.Frames;
using DklActors.Messages.Scalars;
using DklActors.Physics.Scalarizers;

namespace DklActors.Physics.Spectra.Windows;

/// <summary>Sum over one window divided by the sum over another.</summary>
/// <remarks>
/// Standard error by first-order propagation, with A and B the sums: σ² = A/B² + A²/B³, and, where the windows
/// share channels with sum C, less the covariance term 2·A·C/B³. It holds while B is many counts; a denominator
/// within three standard errors of zero gives a suspect ratio, since its distribution is then far from normal.
/// </remarks>
internal sealed class WindowRatio(ScalarizerSpec spec) : SpectrumScalarizer(Kind, spec)
{
    public static readonly ScalarizerKind Kind = new(
        "window-ratio", 1, FrameNeed.Spectrum, "Sum over the window divided by the sum over the reference.",
        [SpectrumParameters.Window, SpectrumParameters.Reference, .. SpectrumParameters.OfAll])
    {
        Create = static spec => new WindowRatio(spec),
        Label = static spec => $"{SpectrumParameters.TextOf(spec, SpectrumParameters.Window)} over "
            + SpectrumParameters.TextOf(spec, SpectrumParameters.Reference),
    };

    private const double SignificantDeviations = 3;

    private readonly EnergyWindow _numerator = spec.Get(SpectrumParameters.Window);
    private readonly EnergyWindow _denominator = spec.Get(SpectrumParameters.Reference);

    public override string Unit => "";

    protected override ScalarResult Measure(ref Spectrum spectrum)
    {
        WindowCounts below = default;
        if ((WindowCounts.Of(ref spectrum, _numerator, out WindowCounts above)
            ?? WindowCounts.Of(ref spectrum, _denominator, out below)) is { } problem)
        {
            return ScalarResult.Bad(problem);
        }

        if (below.Sum <= 0)
        {
            return ScalarResult.Bad($"The ratio's denominator, {_denominator}, holds {below.Sum:G6} counts.");
        }

        double ratio = above.Sum / below.Sum;
        double covariance = Covariance(in spectrum, in above, in below);
        double variance = (above.Variance + (ratio * ratio * below.Variance) - (2 * ratio * covariance))
            / (below.Sum * below.Sum);
        if (below.Sum < SignificantDeviations * Math.Sqrt(below.Variance))
        {
            spectrum.Suspect($"The ratio's denominator, {_denominator}, holds only {below.Sum:G6} counts: "
                + "the standard error is a rough guess.");
        }

        return spectrum.ResultOf(ratio, Math.Sqrt(Math.Max(variance, 0)));
    }

    private static double Covariance(in Spectrum spectrum, in WindowCounts above, in WindowCounts below)
    {
        double sum = 0;
        for (int i = Math.Max(above.First, below.First);
            i < Math.Min(above.First + above.Channels, below.First + below.Channels); i++)
        {
            sum += spectrum.Variances[i];
        }

        for (int mode = 0; mode < spectrum.ModeCount; mode++)
        {
            ReadOnlySpan<double> shared = spectrum.Modes.Slice(mode * spectrum.Length, spectrum.Length);
            sum += Total(shared.Slice(above.First, above.Channels)) * Total(shared.Slice(below.First, below.Channels));
        }

        return sum;
    }

    private static double Total(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += value;
        }

        return sum;
    }
}
