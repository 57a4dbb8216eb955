namespace DklActors.Physics.Registration;

/// <summary>How easily two images that have nothing in common match as well as these do.</summary>
/// <remarks>
/// <para>
/// Pixels of a smooth image go together, so that its correlation with another one is that of fewer independent pairs
/// than there are pixels: their number is the square of the correlation's mean over its variance under independence,
/// told from both images' own autocorrelations (Clifford, Richardson and Hémon, Biometrics 45 (1989) 123), here as
/// sums over frequencies. That holds for fields that are alike everywhere. In an image of a few bright things on
/// nothing a few pixels carry all: the number is reduced by the participation of the pixels in the product of both,
/// which is what it is for a field of normal numbers, or less.
/// </para>
/// <para>
/// A true match makes both sums larger than independence does, by 1 + r² and 1 + 2r² where the correlation is r; that
/// is taken out, lest a match tell against itself.
/// </para>
/// </remarks>
internal static class ChanceMatch
{
    /// <param name="spectrum">Of both images, the shift undone.</param>
    /// <param name="taper">Of the window that they were cut out with.</param>
    /// <param name="correlation">Of what stands out of the noise.</param>
    /// <param name="radius">How far was searched, px.</param>
    /// <returns>Probability that the best match within the search is as good or better.</returns>
    public static double Of(CrossSpectrum spectrum, double taper, double correlation, double radius)
    {
        PowerSums sums = spectrum.SumsSeen();
        if (!(sums.Both > 0))
        {
            return 1;
        }

        double squared = correlation * correlation;
        double independent = (1 + squared) * sums.First * sums.Second / sums.Both;
        (float[] first, float[] second) = spectrum.ImagesSeen();
        double participation = (1 + (2 * squared)) * ParticipationOf(first, second);
        double pairs = independent * Math.Min(participation, WindowShare(spectrum, taper));
        return StudentField.AnywhereAbove(correlation, Math.Max(1, pairs - 2), radius, sums.Roughness);
    }

    /// <summary>Share of the pixels that have a part in the product of two images.</summary>
    private static double ParticipationOf(float[] first, float[] second)
    {
        (double one, double other, double both) = (0, 0, 0);
        for (int i = 0; i < first.Length; i++)
        {
            double a = first[i] * (double)first[i];
            double b = second[i] * (double)second[i];
            one += a;
            other += b;
            both += a * b;
        }

        return both > 0 ? one * other / (both * first.Length) : 0;
    }

    /// <summary>The same of the window alone: more than it lets through has no part.</summary>
    private static double WindowShare(CrossSpectrum spectrum, double taper)
    {
        return Along(spectrum.Shape.Rows) * Along(spectrum.Shape.Columns);

        double Along(int length)
        {
            double[] window = TukeyWindow.Of(length, taper);
            double power = window.Sum(static weight => weight * weight);
            return power * power / (length * window.Sum(static weight => weight * weight * weight * weight));
        }
    }
}
