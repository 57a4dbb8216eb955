using DklActors.Messages.Frames;

namespace DklActors.Physics.Spectra.Peaks;

/// <summary>What the largest channel of a window and its half heights say of a peak; start values for fits.</summary>
/// <param name="First">First channel of the window.</param>
/// <param name="Length">Channels of the window.</param>
/// <param name="Top">Largest channel.</param>
/// <param name="Height">Its counts above the base.</param>
/// <param name="Base">Counts that the peak stands on: the smaller end of the window, for start values only.</param>
/// <param name="Left">Where the counts rise through half the height, in channels; NaN where they do not.</param>
/// <param name="Right">Where they fall through it.</param>
internal readonly record struct PeakShape(
    int First, int Length, int Top, double Height, double Base, double Left, double Right)
{
    /// <param name="spectrum">The spectrum.</param>
    /// <param name="window">Where the peak is.</param>
    /// <param name="hasBase">Whether the peak stands on the counts at the ends of the window, or on none.</param>
    /// <param name="shape">The result.</param>
    /// <returns>Why there is no peak; null where there is one.</returns>
    public static string? Of(ref Spectrum spectrum, EnergyWindow window, bool hasBase, out PeakShape shape)
    {
        shape = default;
        if (spectrum.Open(window, out int first, out int length) is { } problem)
        {
            return problem;
        }

        ReadOnlySpan<double> counts = spectrum.Counts.Slice(first, length);
        int top = 0;
        for (int i = 1; i < length; i++)
        {
            top = counts[i] > counts[top] ? i : top;
        }

        if (length < 5 || counts[top] <= 0)
        {
            return $"The window {window} holds {length} channels and at most {counts[top]:G6} counts: no peak.";
        }

        double ground = hasBase ? Math.Min(counts[0], counts[^1]) : 0;
        double half = ground + (0.5 * (counts[top] - ground));
        double left = double.NaN, right = double.NaN;
        for (int i = top; i > 0 && double.IsNaN(left); i--)
        {
            left = counts[i - 1] <= half ? i - 1 + ((half - counts[i - 1]) / (counts[i] - counts[i - 1])) : left;
        }

        for (int i = top; i < length - 1 && double.IsNaN(right); i++)
        {
            right = counts[i + 1] <= half ? i + ((counts[i] - half) / (counts[i] - counts[i + 1])) : right;
        }

        shape = new PeakShape(first, length, first + top, counts[top] - ground, ground, first + left, first + right);
        if (top == 0 || top == length - 1)
        {
            spectrum.Suspect($"The largest channel lies at the end of the window {window}: "
                + "the peak may be outside of it.");
        }

        return null;
    }

    /// <summary>Width at half the height for the start of a fit, eV; a guess where one side is cut off.</summary>
    public double GuessWidth(double dispersion)
    {
        double left = double.IsNaN(Left) ? double.PositiveInfinity : Top - Left;
        double right = double.IsNaN(Right) ? double.PositiveInfinity : Right - Top;
        double channels = 2 * Math.Min(left, right);
        return dispersion * (double.IsFinite(channels) ? Math.Max(channels, 1) : 0.25 * Length);
    }
}
