using DklActors.Physics.Fourier;

namespace DklActors.Physics.Spectra.Preparation;

/// <summary>
/// Removes plural scattering by the Fourier-log method, s = F⁻¹[Z·ln(J/Z)], with J the transform of the spectrum and Z
/// that of its zero-loss peak (Johnson and Spence, J. Phys. D 7, 771 (1974); Egerton 2011, section 4.1.1). What is left
/// is the single-scattering distribution, as wide as the zero-loss peak has made it.
/// </summary>
/// <remarks>
/// The zero-loss peak is the spectrum below an energy. The spectrum has to begin before the peak and is continued to
/// zero by half a cosine over its last tenth, or the edge would ring. Variances are those of the counts times
/// (I₀/Iₜ)², which is what sums over windows wider than the peak have to first order; channels by themselves have more.
/// </remarks>
internal sealed class FourierLog(double threshold) : IPreparationStep
{
    private const int TaperShare = 10;

    public string? Apply(ref Spectrum spectrum)
    {
        int length = spectrum.Length;
        int end = Math.Clamp((int)Math.Ceiling((threshold - spectrum.Origin) / spectrum.Dispersion), 0, length);
        int zero = (int)Math.Round(-spectrum.Origin / spectrum.Dispersion);
        if (zero < 1 || end <= zero || end >= length)
        {
            return "The spectrum has to hold the zero-loss peak as a whole, and losses beyond "
                + $"{threshold:G4} eV, to be deconvolved.";
        }

        double elastic = 0, total = 0;
        for (int i = 0; i < length; i++)
        {
            total += spectrum.Counts[i];
            elastic += i < end ? spectrum.Counts[i] : 0;
        }

        if (elastic <= 0 || total < elastic)
        {
            return $"The zero-loss peak holds {elastic:G6} of {total:G6} counts: nothing to deconvolve.";
        }

        int padded = ComplexTransform.LengthFor(length + (length / 2));
        Span<double> room = spectrum.Scratch(0, 4 * padded);
        room.Clear();
        Span<double> allReal = room[..padded], allImaginary = room.Slice(padded, padded);
        Span<double> peakReal = room.Slice(2 * padded, padded), peakImaginary = room.Slice(3 * padded, padded);
        int taper = length / TaperShare;
        for (int i = 0; i < length; i++)
        {
            double weight = i < length - taper
                ? 1
                : 0.5 * (1 + Math.Cos(Math.PI * (i - (length - taper) + 1) / (taper + 1)));
            // Counted from the zero-loss peak, so that the losses have no phase of their own.
            int at = (i - zero + padded) % padded;
            allReal[at] = weight * spectrum.Counts[i];
            peakReal[at] = i < end ? spectrum.Counts[i] : 0;
        }

        ComplexTransform.Run(allReal, allImaginary, false);
        ComplexTransform.Run(peakReal, peakImaginary, false);
        TakeLogarithm(allReal, allImaginary, peakReal, peakImaginary);
        ComplexTransform.Run(peakReal, peakImaginary, true);
        double damping = elastic / total * (elastic / total);
        for (int i = 0; i < length; i++)
        {
            spectrum.Counts[i] = peakReal[(i - zero + padded) % padded] / padded;
            spectrum.Variances[i] *= damping;
        }

        return null;
    }

    /// <summary>Z·ln(J/Z), in place of Z; nothing where the peak has no such frequency.</summary>
    private static void TakeLogarithm(
        ReadOnlySpan<double> allReal, ReadOnlySpan<double> allImaginary, Span<double> peakReal,
        Span<double> peakImaginary)
    {
        for (int i = 0; i < peakReal.Length; i++)
        {
            double zr = peakReal[i], zi = peakImaginary[i];
            double square = (zr * zr) + (zi * zi);
            double ratioReal = ((allReal[i] * zr) + (allImaginary[i] * zi)) / square;
            double ratioImaginary = ((allImaginary[i] * zr) - (allReal[i] * zi)) / square;
            double logarithm = Math.Log(double.Hypot(ratioReal, ratioImaginary));
            double angle = Math.Atan2(ratioImaginary, ratioReal);
            bool isThere = double.IsFinite(logarithm) && double.IsFinite(angle);
            peakReal[i] = isThere ? (zr * logarithm) - (zi * angle) : 0;
            peakImaginary[i] = isThere ? (zr * angle) + (zi * logarithm) : 0;
        }
    }
}
