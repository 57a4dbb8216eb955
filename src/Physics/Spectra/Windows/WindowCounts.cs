using DklActors.Messages.Frames;

namespace DklActors.Physics.Spectra.Windows;

/// <summary>What the channels of one window hold.</summary>
/// <param name="First">First channel strictly inside the window.</param>
/// <param name="Channels">Number of such channels.</param>
/// <param name="Sum">Sum of the counts.</param>
/// <param name="Maximum">Largest count of one channel.</param>
/// <param name="MaximumChannel">That channel.</param>
/// <param name="Variance">Poisson variance of the sum, Σ|counts|, and at least one count.</param>
/// <remarks>
/// A window without a single count is a measurement ("less than about one"), so its variance is that of one count
/// and not zero; a learner would take zero for certainty. Dark-subtracted detectors give negative counts: the sum
/// stays unbiased, but counting statistics no longer tell its error, so the result is suspect.
/// </remarks>
internal readonly record struct WindowCounts(
    int First, int Channels, double Sum, double Maximum, int MaximumChannel, double Variance)
{
    /// <summary>Adds up one window.</summary>
    /// <returns>Why the window cannot be used; null where it can.</returns>
    public static string? Of(ref Spectrum spectrum, EnergyWindow window, out WindowCounts counts)
    {
        if (spectrum.Open(window, out int first, out int length) is { } problem)
        {
            counts = default;
            return problem;
        }

        double sum = 0, variance = 0, maximum = double.NegativeInfinity;
        int maximumChannel = first;
        for (int channel = first; channel < first + length; channel++)
        {
            double count = spectrum.Counts[channel];
            sum += count;
            variance += spectrum.Variances[channel];
            if (count > maximum)
            {
                maximum = count;
                maximumChannel = channel;
            }
        }

        variance += spectrum.ModeCount > 0 ? spectrum.SharedVarianceOfSum(first, length) : 0;
        counts = new WindowCounts(first, length, sum, maximum, maximumChannel, Math.Max(variance, 1));
        return null;
    }
}
