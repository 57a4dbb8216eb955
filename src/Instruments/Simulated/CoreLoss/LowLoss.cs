using DklActors.Instruments.Simulated.Spectra;

namespace DklActors.Instruments.Simulated.CoreLoss;

/// <summary>Losses to plasmons and the smooth tail above them.</summary>
internal static class LowLoss
{
    /// <summary>Most plasmon losses of one electron that are told apart.</summary>
    public const int MostPlasmons = 6;

    /// <summary>The energy at which <see cref="TailAtReference"/> is given, eV.</summary>
    private const double ReferenceElectronVolts = 500;
    private const double TailAtReference = 3e-6;
    private const double PlasmonWidthElectronVolts = 8;
    private const double TailOnsetElectronVolts = 60;

    /// <summary>n-fold plasmon loss per eV, of unit area; the zero-loss peak for n = 0.</summary>
    public static double Plasmons(int n, double loss, double plasmon, double resolution)
    {
        if (n == 0)
        {
            return LineShapes.PseudoVoigt(loss, resolution, 0.015);
        }

        double width = double.Hypot(Math.Sqrt(n) * PlasmonWidthElectronVolts, resolution);
        if (n > 1)
        {
            return LineShapes.Gaussian(loss - (n * plasmon), width);
        }

        // Free electrons with damping (Drude): Egerton (2011), equation 3.43.
        double difference = (loss * loss) - (plasmon * plasmon);
        return loss > 0
            ? 2 / Math.PI * loss * loss * width / ((difference * difference) + (loss * loss * width * width))
            : 0;
    }

    /// <summary>Exponent of the tail: thick samples' plural scattering makes it fall more slowly.</summary>
    /// <param name="thickness">t/λ.</param>
    public static double TailExponent(double thickness) => 2.9 - (0.3 * thickness);

    /// <summary>The tail A E⁻ʳ per electron and eV.</summary>
    public static double Tail(double loss, double thickness) => loss <= 0
        ? 0
        : TailAtReference * thickness * Math.Pow(loss / ReferenceElectronVolts, -TailExponent(thickness))
            * (1 - Math.Exp(-Math.Pow(loss / TailOnsetElectronVolts, 4)));
}
