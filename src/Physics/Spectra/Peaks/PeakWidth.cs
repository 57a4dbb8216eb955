using DklActors.Messages.Frames;
using DklActors.Messages.Scalars;
using DklActors.Physics.Scalarizers;
using DklActors.Physics.Spectra.Fitting;

namespace DklActors.Physics.Spectra.Peaks;

/// <summary>
/// Full width at half maximum of the peak in a window: between the places where the counts cross half the height of
/// the largest channel, by linear interpolation, or that of a fitted Lorentzian or Gaussian.
/// </summary>
/// <remarks>
/// By interpolation the width of a noisy peak comes out too small, because the largest channel is one that happens to
/// hold many counts; its error knows of the channels at the crossings and at the top alone.
/// </remarks>
internal sealed class PeakWidth(ScalarizerSpec spec) : SpectrumScalarizer(Kind, spec)
{
    public static readonly ScalarizerKind Kind = new(
        "peak-width", 1, FrameNeed.Spectrum, "Full width at half maximum of the peak in the window.",
        [
            SpectrumParameters.Window, SpectrumParameters.WidthMethod, SpectrumParameters.Baseline,
            .. SpectrumParameters.OfAll,
        ])
    {
        Create = static spec => new PeakWidth(spec),
        Label = static spec => $"width of the peak in {SpectrumParameters.TextOf(spec, SpectrumParameters.Window)}",
    };

    private readonly EnergyWindow _window = spec.Get(SpectrumParameters.Window);
    private readonly string _method = spec.Get(SpectrumParameters.WidthMethod);
    private readonly bool _hasLine = spec.Get(SpectrumParameters.Baseline) == "line";

    public override string Unit => "eV";

    protected override ScalarResult Measure(ref Spectrum spectrum)
    {
        double value, variance;
        string? problem = _method switch
        {
            "lorentzian" => PeakFit.Of<Lorentzian>(
                ref spectrum, _window, _hasLine, PeakFit.Width, out value, out variance),
            "gaussian" => PeakFit.Of<Gaussian>(
                ref spectrum, _window, _hasLine, PeakFit.Width, out value, out variance),
            _ => BetweenHalfHeights(ref spectrum, out value, out variance),
        };
        return problem is null ? spectrum.ResultOf(value, Math.Sqrt(variance)) : ScalarResult.Bad(problem);
    }

    private string? BetweenHalfHeights(ref Spectrum spectrum, out double value, out double variance)
    {
        (value, variance) = (double.NaN, double.NaN);
        if (PeakShape.Of(ref spectrum, _window, _hasLine, out PeakShape shape) is { } problem)
        {
            return problem;
        }

        if (double.IsNaN(shape.Left) || double.IsNaN(shape.Right))
        {
            return $"The counts do not fall to half the height on both sides within {_window}; widen the window.";
        }

        value = (shape.Right - shape.Left) * spectrum.Dispersion;
        int left = (int)shape.Left, right = (int)shape.Right;
        double rise = spectrum.Counts[left + 1] - spectrum.Counts[left];
        double fall = spectrum.Counts[right] - spectrum.Counts[right + 1];
        // A crossing moves by the error of the counts there, and by half that of the top, over the slope.
        double atLeft = Interpolated(spectrum.Variances, shape.Left) / (rise * rise);
        double atRight = Interpolated(spectrum.Variances, shape.Right) / (fall * fall);
        double byTop = 0.5 * ((1 / rise) + (1 / fall));
        variance = (atLeft + atRight + (byTop * byTop * spectrum.Variances[shape.Top]))
            * spectrum.Dispersion * spectrum.Dispersion;
        return null;
    }

    private static double Interpolated(ReadOnlySpan<double> variances, double place)
    {
        int before = (int)place;
        double share = place - before;
        return ((1 - share) * (1 - share) * variances[before]) + (share * share * variances[before + 1]);
    }
}
