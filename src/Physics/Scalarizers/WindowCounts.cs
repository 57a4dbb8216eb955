using DklActors.Messages.Frames;
using DklActors.Messages.Scalars;

namespace DklActors.Physics.Scalarizers;

/// <summary>What the channels of one window hold, and whether they may be used.</summary>
/// <param name="Channels">Number of channels strictly inside the window.</param>
/// <param name="Sum">Sum of the counts.</param>
/// <param name="Maximum">Largest count of one channel.</param>
/// <param name="Variance">Poisson variance of the sum: Σ|counts|, and at least one count.</param>
/// <param name="Quality">Good, suspect or bad.</param>
/// <param name="Flaw">Why the quality is not good; null when it is.</param>
/// <remarks>
/// A window without a single count is a measurement ("less than about one"), so its variance is that of one count
/// and not zero; a learner would take zero for certainty. Dark-subtracted detectors give negative counts: the sum
/// stays unbiased, but counting statistics no longer tell its error, so the result is suspect.
/// </remarks>
internal readonly record struct WindowCounts(
    int Channels, double Sum, double Maximum, double Variance, ScalarQuality Quality, string? Flaw)
{
    /// <summary>Inspects one window of a frame.</summary>
    public static WindowCounts Of(Frame frame, EnergyWindow window, double? saturationCounts)
    {
        if (frame is not SpectrumFrame spectrum)
        {
            return Bad("An energy window needs a spectrum, and this frame is a diffraction pattern.");
        }

        if (!spectrum.Axis.Covers(window))
        {
            return Bad($"The window {window} does not lie on the energy axis ({spectrum.Axis}).");
        }

        return Of(spectrum, spectrum.Axis.ChannelsWithin(window), saturationCounts);
    }

    private static WindowCounts Of(SpectrumFrame spectrum, Range range, double? saturationCounts)
    {
        ReadOnlySpan<float> counts = spectrum.Counts.Span;
        if (!counts.ContainsAnyExcept(0f))
        {
            return Bad("The whole spectrum is empty: no electron was recorded (was the beam blanked?).");
        }

        (int first, int length) = range.GetOffsetAndLength(counts.Length);
        double sum = 0, magnitude = 0, maximum = double.NegativeInfinity;
        int negative = 0, saturated = 0;
        for (int channel = first; channel < first + length; channel++)
        {
            double count = counts[channel];
            if (!double.IsFinite(count))
            {
                return Bad($"Channel {channel} ({spectrum.Axis[channel]}) holds {count} counts.");
            }

            sum += count;
            magnitude += Math.Abs(count);
            maximum = Math.Max(maximum, count);
            negative += count < 0 ? 1 : 0;
            saturated += count >= saturationCounts ? 1 : 0;
        }

        string? flaw = (saturated, negative) switch
        {
            ( > 0, _) => $"{saturated} of {length} channels are saturated: the value is a lower bound.",
            (_, > 0) => $"{negative} of {length} channels hold negative counts (dark subtraction?): "
                + "the standard error from counting is too small.",
            _ => null,
        };
        ScalarQuality quality = flaw is null ? ScalarQuality.Good : ScalarQuality.Suspect;
        return new WindowCounts(length, sum, maximum, Math.Max(magnitude, 1), quality, flaw);
    }

    /// <summary>A result with this window's quality, or its bad result.</summary>
    public ScalarResult Result(double value, double standardError) =>
        Quality == ScalarQuality.Bad ? ScalarResult.Bad(Flaw!) : new ScalarResult(value, standardError, Quality, Flaw);

    private static WindowCounts Bad(string reason) =>
        new(0, double.NaN, double.NaN, double.NaN, ScalarQuality.Bad, reason);
}
