namespace DklActors.Physics.Spectra.Preparation;

/// <summary>
/// Moves the zero-loss peak, the largest of the spectrum, to 0 eV: whole channels by the axis, the rest of a channel
/// by linear interpolation, so that windows keep their channels.
/// </summary>
/// <remarks>
/// The peak's place is the vertex of the parabola through the logarithms of its three largest channels, which is
/// exact for a Gaussian peak. Variances are interpolated like counts: sums over windows keep theirs, which scaling by
/// the squared weights would belittle, since neighbours are correlated then.
/// </remarks>
internal sealed class AlignZeroLoss : IPreparationStep
{
    public string? Apply(ref Spectrum spectrum)
    {
        int peak = IndexOfLargest(spectrum.Counts);
        if (peak == 0 || peak == spectrum.Length - 1)
        {
            return $"The largest channel is the {(peak == 0 ? "first" : "last")}: "
                + "the zero-loss peak is not within the spectrum.";
        }

        // Where channel `zero` (maybe fractional) lies is 0 eV.
        double place = peak + VertexOf(spectrum.Counts[peak - 1], spectrum.Counts[peak], spectrum.Counts[peak + 1]);
        double zero = -spectrum.Origin / spectrum.Dispersion;
        double shift = place - zero;
        int whole = (int)Math.Round(shift);
        spectrum.Origin -= whole * spectrum.Dispersion;
        double rest = shift - whole;
        Interpolate(spectrum.Counts, rest);
        Interpolate(spectrum.Variances, rest);
        for (int mode = 0; mode < spectrum.ModeCount; mode++)
        {
            Interpolate(spectrum.Modes.Slice(mode * spectrum.Length, spectrum.Length), rest);
        }

        return null;
    }

    /// <summary>Distance of a peak's vertex from its largest channel, within half a channel.</summary>
    internal static double VertexOf(double before, double at, double after)
    {
        if (before <= 0 || after <= 0)
        {
            return at > 0 ? Math.Clamp(0.5 * (after - before) / at, -0.5, 0.5) : 0;
        }

        double left = Math.Log(before), top = Math.Log(at), right = Math.Log(after);
        double curvature = left - (2 * top) + right;
        return curvature < 0 ? Math.Clamp(0.5 * (left - right) / curvature, -0.5, 0.5) : 0;
    }

    private static int IndexOfLargest(ReadOnlySpan<double> values)
    {
        int largest = 0;
        for (int i = 1; i < values.Length; i++)
        {
            largest = values[i] > values[largest] ? i : largest;
        }

        return largest;
    }

    /// <summary>values[i] becomes the value at i + shift, |shift| ≤ 1/2; the ends keep theirs.</summary>
    private static void Interpolate(Span<double> values, double shift)
    {
        if (shift >= 0)
        {
            for (int i = 0; i < values.Length - 1; i++)
            {
                values[i] += shift * (values[i + 1] - values[i]);
            }
        }
        else
        {
            for (int i = values.Length - 1; i > 0; i--)
            {
                values[i] -= shift * (values[i - 1] - values[i]);
            }
        }
    }
}
