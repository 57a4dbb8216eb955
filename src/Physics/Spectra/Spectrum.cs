using DklActors.Messages.Frames;
using DklActors.Messages.Scalars;
using DklActors.Messages.Units;

namespace DklActors.Physics.Spectra;

/// <summary>
/// One spectrum on its way to a number: counts per channel, their variances, and errors that channels share because
/// a background fitted to others was subtracted from all of them.
/// </summary>
/// <remarks>
/// The variance of a linear combination Σ gᵢcᵢ is Σ gᵢ²vᵢ + Σₖ (Σᵢ gᵢmₖᵢ)², with vᵢ the channels' own variances and
/// mₖ the shared modes. Buffers belong to the thread, so that no spectrum allocates.
/// </remarks>
internal ref struct Spectrum
{
    private readonly double? _saturation;
    private readonly SpectrumBuffers _buffers;

    public Spectrum(SpectrumFrame frame, double? saturation, SpectrumBuffers buffers)
    {
        EnergyAxis axis = frame.Axis;
        _saturation = saturation;
        _buffers = buffers;
        Origin = axis.Origin.Value;
        Dispersion = axis.Dispersion.Value;
        IsRaw = true;
        (Counts, Variances) = buffers.Take(axis.Channels);
        ReadOnlySpan<float> counts = frame.Counts.Span;
        for (int i = 0; i < counts.Length; i++)
        {
            double count = counts[i];
            Counts[i] = count;
            // Poisson: the variance is the mean, of which the count is the best guess there is.
            Variances[i] = Math.Abs(count);
        }
    }

    /// <summary>Energy of the first channel, eV.</summary>
    public double Origin { get; set; }

    /// <summary>Width of a channel, eV.</summary>
    public double Dispersion { get; set; }

    public Span<double> Counts { get; private set; }

    public Span<double> Variances { get; private set; }

    /// <summary>Shared errors, one row of <see cref="Length"/> channels after the other.</summary>
    public Span<double> Modes { get; private set; }

    public int ModeCount { get; private set; }

    /// <summary>Whether nothing has been done to the counts yet.</summary>
    public bool IsRaw { get; private set; }

    /// <summary>Why the result is suspect; null while it is not.</summary>
    public string? Flaw { get; private set; }

    /// <summary>Where fitted curves are noted; null while nobody looks.</summary>
    public readonly FitSketch? Sketch => _buffers.Sketch;

    public readonly int Length => Counts.Length;

    public readonly double EnergyOf(double channel) => Origin + (channel * Dispersion);

    /// <summary>Takes down the first reason for which the result is suspect.</summary>
    public void Suspect(string reason) => Flaw ??= reason;

    /// <summary>
    /// Says that counts are about to be changed: detector faults can be told apart no longer, so now.
    /// </summary>
    /// <returns>Why the spectrum cannot be used; null where it can.</returns>
    public string? BeginPreparation()
    {
        string? problem = IsRaw ? Inspect(0, Length) : null;
        IsRaw = false;
        return problem;
    }

    /// <summary>Finds the channels of a window and looks at what they hold.</summary>
    /// <returns>Why the window cannot be used; null where it can.</returns>
    public string? Open(EnergyWindow window, out int first, out int length)
    {
        (first, length) = EnergyAxis.ChannelsWithin(window, Origin, Dispersion, Length).GetOffsetAndLength(Length);
        double slack = 0.5 * Dispersion;
        if (length == 0 || window.Low.Value < Origin - slack || window.High.Value > EnergyOf(Length - 1) + slack)
        {
            var axis = new EnergyAxis(new ElectronVolt(Origin), new ElectronVolt(Dispersion), Length);
            return $"The window {window} does not lie on the energy axis ({axis}).";
        }

        return IsRaw ? Inspect(first, length) : null;
    }

    /// <summary>Variance of Σ gᵢcᵢ over channels from <paramref name="first"/> on.</summary>
    public readonly double VarianceOf(int first, ReadOnlySpan<double> gradient)
    {
        double variance = 0;
        for (int i = 0; i < gradient.Length; i++)
        {
            variance += gradient[i] * gradient[i] * Variances[first + i];
        }

        for (int mode = 0; mode < ModeCount; mode++)
        {
            ReadOnlySpan<double> shared = Modes.Slice((mode * Length) + first, gradient.Length);
            double sum = 0;
            for (int i = 0; i < gradient.Length; i++)
            {
                sum += gradient[i] * shared[i];
            }

            variance += sum * sum;
        }

        return variance;
    }

    /// <summary>What the shared errors add to the variance of the plain sum of some channels.</summary>
    public readonly double SharedVarianceOfSum(int first, int length)
    {
        double variance = 0;
        for (int mode = 0; mode < ModeCount; mode++)
        {
            double sum = 0;
            foreach (double shared in Modes.Slice((mode * Length) + first, length))
            {
                sum += shared;
            }

            variance += sum * sum;
        }

        return variance;
    }

    /// <summary>A new shared mode, all zero, to be filled.</summary>
    /// <exception cref="InvalidOperationException">There are as many as there may be.</exception>
    public Span<double> AddMode()
    {
        Modes = _buffers.Grow(ModeCount, Length);
        Span<double> mode = Modes.Slice(ModeCount * Length, Length);
        mode.Clear();
        ModeCount++;
        return mode;
    }

    /// <summary>Keeps the first channels only, whose contents the caller has put there; modes alike.</summary>
    public void Shorten(int length)
    {
        for (int mode = 1; mode < ModeCount; mode++)
        {
            Modes.Slice(mode * Length, length).CopyTo(Modes.Slice(mode * length, length));
        }

        Modes = Modes[..(ModeCount * length)];
        Counts = Counts[..length];
        Variances = Variances[..length];
    }

    /// <summary>Drops the channels before <paramref name="first"/>.</summary>
    public void DropBefore(int first)
    {
        int length = Length - first;
        for (int mode = 0; mode < ModeCount; mode++)
        {
            Modes.Slice((mode * Length) + first, length).CopyTo(Modes.Slice(mode * length, length));
        }

        Modes = Modes[..(ModeCount * length)];
        Origin = EnergyOf(first);
        Counts = Counts[first..];
        Variances = Variances[first..];
    }

    /// <summary>Room for numbers on the way, not cleared.</summary>
    public readonly Span<double> Scratch(int slot, int length) => _buffers.Scratch(slot, length);

    public readonly ScalarResult ResultOf(double value, double standardError)
    {
        if (!double.IsFinite(value) || !double.IsFinite(standardError))
        {
            return ScalarResult.Bad($"The result is {value} ± {standardError}, which is no measurement.");
        }

        ScalarQuality quality = Flaw is null ? ScalarQuality.Good : ScalarQuality.Suspect;
        return new ScalarResult(value, standardError, quality, Flaw);
    }

    private string? Inspect(int first, int length)
    {
        int negative = 0, saturated = 0;
        for (int channel = first; channel < first + length; channel++)
        {
            double count = Counts[channel];
            if (!double.IsFinite(count))
            {
                var energy = new ElectronVolt(EnergyOf(channel));
                return $"Channel {channel} ({energy}) holds {count} counts.";
            }

            negative += count < 0 ? 1 : 0;
            saturated += count >= _saturation ? 1 : 0;
        }

        if (saturated > 0)
        {
            Suspect($"{saturated} of {length} channels are saturated: the value is a lower bound.");
        }
        else if (negative > 0)
        {
            Suspect($"{negative} of {length} channels hold negative counts (dark subtraction?): "
                + "the standard error from counting is too small.");
        }

        return null;
    }
}
