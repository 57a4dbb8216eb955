namespace DklActors.Physics.Spectra.Preparation;

/// <summary>Replaces spikes of one or two channels, as X-rays and cosmic rays leave them in a camera.</summary>
/// <remarks>
/// A channel is a spike where it exceeds the larger of its surroundings (2 to 4 channels away, on either side) by so
/// many standard deviations, Poisson or as scattered as the surroundings are, whichever is more. Its counts become
/// those of a line through the medians of both sides. The zero-loss peak rises as steeply: it is left alone, from its
/// maximum to where it has fallen to a hundredth on either side.
/// </remarks>
internal sealed class Despike(double deviations) : IPreparationStep
{
    private const int Nearest = 2;
    private const int Farthest = 4;
    private const int SideChannels = Farthest - Nearest + 1;
    private const double ZeroLossFoot = 0.01;

    public string? Apply(ref Spectrum spectrum)
    {
        (int from, int to) = ZeroLossPeak(in spectrum);
        Span<double> counts = spectrum.Counts;
        Span<double> original = spectrum.Scratch(0, counts.Length);
        counts.CopyTo(original);
        for (int i = Farthest; i < counts.Length - Farthest; i++)
        {
            if (i >= from && i <= to)
            {
                continue;
            }

            Side before = Side.Of(original.Slice(i - Farthest, SideChannels));
            Side after = Side.Of(original.Slice(i + Nearest, SideChannels));
            double surroundings = Math.Max(before.Largest, after.Largest);
            double noise = Math.Max(Math.Sqrt(Math.Max(surroundings, 1)), Math.Max(before.Spread, after.Spread));
            if (original[i] - surroundings > deviations * noise)
            {
                counts[i] = 0.5 * (before.Median + after.Median);
                spectrum.Variances[i] = Math.Max(Math.Abs(counts[i]), 1);
            }
        }

        return null;
    }

    private static (int From, int To) ZeroLossPeak(in Spectrum spectrum)
    {
        double zero = -spectrum.Origin / spectrum.Dispersion;
        if (zero < 0 || zero > spectrum.Length - 1)
        {
            return (-1, -1);
        }

        ReadOnlySpan<double> counts = spectrum.Counts;
        // The peak is near zero loss before alignment; a spike elsewhere may be larger.
        int reach = Math.Max(3, (int)(5 / spectrum.Dispersion));
        int peak = (int)zero;
        for (int i = Math.Max(0, (int)zero - reach); i < Math.Min(counts.Length, (int)zero + reach + 1); i++)
        {
            peak = counts[i] > counts[peak] ? i : peak;
        }

        int from = peak, to = peak;
        while (from > 0 && counts[from - 1] > ZeroLossFoot * counts[peak])
        {
            from--;
        }

        while (to < counts.Length - 1 && counts[to + 1] > ZeroLossFoot * counts[peak])
        {
            to++;
        }

        return (from, to);
    }

    private readonly record struct Side(double Median, double Largest, double Spread)
    {
        public static Side Of(ReadOnlySpan<double> three)
        {
            double low = Math.Min(three[0], Math.Min(three[1], three[2]));
            double high = Math.Max(three[0], Math.Max(three[1], three[2]));
            return new Side(three[0] + three[1] + three[2] - low - high, high, 0.5 * (high - low));
        }
    }
}
