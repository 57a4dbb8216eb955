namespace DklActors.Instruments.Simulated.Spectra;

/// <summary>Peaks of unit area; energies and full widths at half maximum in eV, values per eV.</summary>
internal static class LineShapes
{
    private static readonly double FourLogTwo = 4 * Math.Log(2);

    public static double Gaussian(double energy, double width) =>
        Math.Sqrt(FourLogTwo / Math.PI) / width * Math.Exp(-FourLogTwo * energy * energy / (width * width));

    public static double Lorentzian(double energy, double width)
    {
        double half = width / 2;
        return half / Math.PI / ((energy * energy) + (half * half));
    }

    /// <summary>Weighted sum of both with one width, which therefore is the width of the sum.</summary>
    public static double PseudoVoigt(double energy, double width, double lorentzianShare) =>
        (lorentzianShare * Lorentzian(energy, width)) + ((1 - lorentzianShare) * Gaussian(energy, width));

    /// <summary>Width of a Lorentzian seen with Gaussian resolution.</summary>
    /// <remarks>Olivero and Longbothum, JQSRT 17 (1977) 233; right to 0.02 %.</remarks>
    public static double VoigtWidth(double lorentzianWidth, double gaussianWidth) =>
        (0.5346 * lorentzianWidth)
        + Math.Sqrt((0.2166 * lorentzianWidth * lorentzianWidth) + (gaussianWidth * gaussianWidth));
}
