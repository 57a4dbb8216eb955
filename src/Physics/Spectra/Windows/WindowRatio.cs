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
        if ((WindowCounts.Of(ref spectrum, _numerator, out WindowCounts above)
            ?? WindowCounts.Of(ref spectrum, _denominator, out _)) is { } problem)
        {
            return ScalarResult.Bad(problem);
        }

        _ = WindowCounts.Of(ref spectrum, _denominator, out WindowCounts below);
        if (below.Sum <= 0)
        {
            return ScalarResult.Bad($"The ratio's denominator, {_denominator}, holds {below.Sum:G6} counts.");
        }

        double ratio = above.Sum / below.Sum;
        double variance = (above.Variance + (ratio * ratio * below.Variance) - (2 * ratio * Covariance(in spectrum)))
            / (below.Sum * below.Sum);
        if (below.Sum < SignificantDeviations * Math.Sqrt(below.Variance))
        {
            spectrum.Suspect($"The ratio's denominator, {_denominator}, holds only {below.Sum:G6} counts: "
                + "the standard error is a rough guess.");
        }

        return spectrum.ResultOf(ratio, Math.Sqrt(Math.Max(variance, 0)));
    }

    private double Covariance(in Spectrum spectrum)
    {
        Range above = RangeOf(in spectrum, _numerator);
        Range below = RangeOf(in spectrum, _denominator);
        double sum = 0;
        for (int i = Math.Max(above.Start.Value, below.Start.Value);
            i < Math.Min(above.End.Value, below.End.Value); i++)
        {
            sum += spectrum.Variances[i];
        }

        for (int mode = 0; mode < spectrum.ModeCount; mode++)
        {
            ReadOnlySpan<double> shared = spectrum.Modes.Slice(mode * spectrum.Length, spectrum.Length);
            sum += Total(shared[above]) * Total(shared[below]);
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

    private static Range RangeOf(in Spectrum spectrum, EnergyWindow window) =>
        EnergyAxis.ChannelsWithin(window, spectrum.Origin, spectrum.Dispersion, spectrum.Length);
}
