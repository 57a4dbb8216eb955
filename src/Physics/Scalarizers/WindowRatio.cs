using DklActors.Messages.Frames;
using DklActors.Messages.Scalars;

namespace DklActors.Physics.Scalarizers;

/// <summary>Sum over one window divided by the sum over another.</summary>
/// <remarks>
/// Standard error by first-order propagation, with A and B the sums: σ² = A/B² + A²/B³, and, where the windows
/// share channels with sum C, less the covariance term 2·A·C/B³. It holds while B is many counts; a denominator
/// within three standard errors of zero gives a suspect ratio, since its distribution is then far from normal.
/// </remarks>
internal sealed class WindowRatio(EnergyWindow numerator, EnergyWindow denominator, double? saturationCounts)
    : IScalarizer
{
    public const string Kind = "window-ratio";

    private const double SignificantDeviations = 3;

    public string Identity { get; } = ScalarizerIdentity.Of(Kind, 1, saturationCounts, numerator, denominator);

    public string Unit => "";

    public ScalarResult Evaluate(Frame frame)
    {
        WindowCounts above = WindowCounts.Of(frame, numerator, saturationCounts);
        WindowCounts below = WindowCounts.Of(frame, denominator, saturationCounts);
        if (above.Quality == ScalarQuality.Bad || below.Quality == ScalarQuality.Bad)
        {
            return ScalarResult.Bad((above.Quality == ScalarQuality.Bad ? above.Flaw : below.Flaw)!);
        }

        if (below.Sum <= 0)
        {
            return ScalarResult.Bad($"The ratio's denominator, {denominator}, holds {below.Sum:G6} counts.");
        }

        double ratio = above.Sum / below.Sum;
        double variance = (above.Variance + (ratio * ratio * below.Variance) - (2 * ratio * SharedCounts(frame)))
            / (below.Sum * below.Sum);
        string? flaw = above.Flaw ?? below.Flaw;
        if (below.Sum < SignificantDeviations * Math.Sqrt(below.Variance))
        {
            flaw ??= $"The ratio's denominator, {denominator}, holds only {below.Sum:G6} counts: "
                + "the standard error is a rough guess.";
        }

        return new ScalarResult(
            ratio, Math.Sqrt(Math.Max(variance, 0)), flaw is null ? ScalarQuality.Good : ScalarQuality.Suspect, flaw);
    }

    private double SharedCounts(Frame frame)
    {
        EnergyWindow shared = new(
            numerator.Low > denominator.Low ? numerator.Low : denominator.Low,
            numerator.High < denominator.High ? numerator.High : denominator.High);
        if (shared.Low >= shared.High)
        {
            return 0;
        }

        double sum = 0;
        foreach (float count in frame.Counts.Span[((SpectrumFrame)frame).Axis.ChannelsWithin(shared)])
        {
            sum += Math.Abs(count);
        }

        return sum;
    }
}
