using DklActors.Messages.Frames;
using DklActors.Messages.Scalars;
using DklActors.Physics.Scalarizers;

namespace DklActors.Physics.Spectra.Peaks;

/// <summary>
/// Number of peaks in a window: maxima that stand out from the higher of the valleys beside them (their topographic
/// prominence) by a number of standard deviations, after a running mean.
/// </summary>
/// <remarks>
/// The count's variance is Σ p(1 − p), with p the chance that a maximum of this prominence passes in a second
/// exposure: peaks that are clear, and ripples that are clearly none, add nothing.
/// </remarks>
internal sealed class PeakCount(ScalarizerSpec spec) : SpectrumScalarizer(Kind, spec)
{
    public static readonly ScalarizerKind Kind = new(
        "peak-count", 1, FrameNeed.Spectrum, "Number of peaks in the window.",
        [
            SpectrumParameters.Window, SpectrumParameters.Significance, SpectrumParameters.Smoothing,
            .. SpectrumParameters.OfAll,
        ])
    {
        Create = static spec => new PeakCount(spec),
        Label = static spec => $"number of peaks in {SpectrumParameters.TextOf(spec, SpectrumParameters.Window)}",
        Check = static spec => spec.Get(SpectrumParameters.Smoothing) % 2 == 0
            ? $"smoothing of {spec.Get(SpectrumParameters.Smoothing)} channels has no middle; give an odd number"
            : null,
    };

    private readonly EnergyWindow _window = spec.Get(SpectrumParameters.Window);
    private readonly double _significance = spec.Get(SpectrumParameters.Significance);
    private readonly int _smoothing = spec.Get(SpectrumParameters.Smoothing);

    public override string Unit => "";

    protected override ScalarResult Measure(ref Spectrum spectrum)
    {
        if (spectrum.Open(_window, out int first, out int length) is { } problem)
        {
            return ScalarResult.Bad(problem);
        }

        if (length < _smoothing + 2)
        {
            return ScalarResult.Bad(
                $"The window {_window} holds {length} channels, too few for a mean over {_smoothing}.");
        }

        Span<double> counts = spectrum.Scratch(0, length);
        Span<double> variances = spectrum.Scratch(1, length);
        Smooth(spectrum.Counts.Slice(first, length), counts, 1.0 / _smoothing);
        Smooth(spectrum.Variances.Slice(first, length), variances, 1.0 / (_smoothing * _smoothing));
        int peaks = 0;
        double doubt = 0;
        for (int i = 1; i < length - 1; i++)
        {
            // Of a plateau, its first channel.
            if (counts[i] <= counts[i - 1] || !IsTop(counts, i))
            {
                continue;
            }

            int left = Valley(counts, i, -1), right = Valley(counts, i, 1);
            int saddle = counts[left] > counts[right] ? left : right;
            double noise = Math.Sqrt(Math.Max(variances[i] + variances[saddle], 1.0 / _smoothing));
            double excess = ((counts[i] - counts[saddle]) / noise) - _significance;
            peaks += excess >= 0 ? 1 : 0;
            double chance = Normal(excess);
            doubt += chance * (1 - chance);
        }

        return spectrum.ResultOf(peaks, Math.Sqrt(doubt));
    }

    private static bool IsTop(ReadOnlySpan<double> counts, int peak)
    {
        int next = peak + 1;
        while (next < counts.Length && counts[next] == counts[peak])
        {
            next++;
        }

        return next < counts.Length && counts[next] < counts[peak];
    }

    /// <summary>The lowest channel on the way to a higher one, or to the end of the window.</summary>
    private static int Valley(ReadOnlySpan<double> counts, int peak, int direction)
    {
        int lowest = peak;
        for (int i = peak + direction; i >= 0 && i < counts.Length && counts[i] <= counts[peak]; i += direction)
        {
            lowest = counts[i] < counts[lowest] ? i : lowest;
        }

        return lowest;
    }

    /// <summary>Running sum times a factor; at the ends over what there is, in proportion.</summary>
    private void Smooth(ReadOnlySpan<double> values, Span<double> smooth, double factor)
    {
        int reach = _smoothing / 2;
        for (int i = 0; i < values.Length; i++)
        {
            int from = Math.Max(0, i - reach), to = Math.Min(values.Length - 1, i + reach);
            double sum = 0;
            for (int j = from; j <= to; j++)
            {
                sum += values[j];
            }

            smooth[i] = sum * factor * _smoothing / (to - from + 1);
        }
    }

    /// <summary>The normal distribution, to 1e-7 (Abramowitz and Stegun 1964, 26.2.17).</summary>
    private static double Normal(double x)
    {
        double t = 1 / (1 + (0.2316419 * Math.Abs(x)));
        double tail = t * (0.319381530 + (t * (-0.356563782 + (t * (1.781477937
            + (t * (-1.821255978 + (t * 1.330274429))))))));
        double density = Math.Exp(-0.5 * x * x) / Math.Sqrt(2 * Math.PI);
        return x >= 0 ? 1 - (density * tail) : density * tail;
    }
}
