using DklActors.Instruments.Simulated.Patterns;
using DklActors.Instruments.Simulated.Spectra;

namespace DklActors.Instruments.Simulated.CoreLoss;

/// <summary>An edge of an element in a material: its shape per eV, of unit area within 50 eV.</summary>
/// <param name="OnsetElectronVolts">Where the continuum begins; that of L3 with white lines.</param>
/// <param name="CrossSection">For losses within 50 eV of the onset, nm².</param>
/// <param name="WhiteLines">Null for a K edge.</param>
/// <remarks>
/// A step that falls as E⁻ˢ, as hydrogenic cross-sections do (Egerton, Electron Energy-Loss Spectroscopy in the
/// Electron Microscope, 3rd edition, 2011, 3.6), and Lorentzian white lines seen with the energy resolution.
/// </remarks>
internal sealed record CoreEdge(double OnsetElectronVolts, double CrossSection, WhiteLines? WhiteLines = null)
{
    /// <summary>The range of losses that areas and cross-sections are for.</summary>
    public const double WindowElectronVolts = 50;

    private const double FallExponent = 3.5;

    // Share of the continuum that belongs to L3: four electrons of six.
    private const double ThreeHalvesShare = 2.0 / 3;

    // The final states are never a sharp step.
    private const double OnsetWidthElectronVolts = 1;

    /// <summary>Losses per eV.</summary>
    /// <param name="loss">Energy loss, eV.</param>
    /// <param name="resolution">Full width at half maximum of the energy resolution, eV.</param>
    public double PerElectronVolt(double loss, double resolution) =>
        Continuum(loss, resolution) + White(loss, resolution, three: true) + White(loss, resolution, three: false);

    /// <summary>One of the white lines alone.</summary>
    public double White(double loss, double resolution, bool three)
    {
        if (WhiteLines is not { } lines)
        {
            return 0;
        }

        double share = three ? lines.Ratio / (1 + lines.Ratio) : 1 / (1 + lines.Ratio);
        double centre = OnsetElectronVolts + LineOffset + (three ? 0 : lines.SplittingElectronVolts);
        double width = LineShapes.VoigtWidth(lines.WidthElectronVolts, resolution);
        return lines.Area / (1 + lines.Area) * share * LineShapes.PseudoVoigt(loss - centre, width, 0.5);
    }

    // White lines sit on the step, a little above its middle.
    private const double LineOffset = 1;

    private double Continuum(double loss, double resolution)
    {
        double scale = WhiteLines is null ? 1 : 1 / (1 + WhiteLines.Area);
        double splitting = WhiteLines?.SplittingElectronVolts ?? 0;
        double first = WhiteLines is null ? 1 : ThreeHalvesShare;
        return scale * ((first * Step(loss, OnsetElectronVolts, resolution))
            + ((1 - first) * Step(loss, OnsetElectronVolts + splitting, resolution)));
    }

    private static double Step(double loss, double onset, double resolution)
    {
        double deviation = double.Hypot(OnsetWidthElectronVolts, resolution) / 2.3548;
        double risen = 0.5 * ErrorFunction.Complement((onset - loss) / (Math.Sqrt(2) * deviation));
        // ∫ (E/E₀)⁻ˢ over the first 50 eV, by which the step is divided.
        double area = onset / (FallExponent - 1)
            * (1 - Math.Pow(1 + (WindowElectronVolts / onset), 1 - FallExponent));
        return loss > 0 ? risen * Math.Pow(loss / onset, -FallExponent) / area : 0;
    }
}
