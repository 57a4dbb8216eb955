using DklActors.Messages.Frames;
using DklActors.Physics.Scalarizers;
using DklActors.Physics.Scalarizers.Parameters;
using DklActors.Physics.Spectra.Preparation;

namespace DklActors.Physics.Spectra;

/// <summary>What scalarizers of spectra can be told.</summary>
public static class SpectrumParameters
{
    internal const string WindowKey = "window";
    internal const string ReferenceKey = "reference";
    internal const string SaturationKey = "saturation";

    private const double ElectronVoltsPerKiloelectronVolt = 1000;

    /// <summary>Where the signal is.</summary>
    public static readonly WindowParameter Window = new(WindowKey, "Energy window of the signal.");

    /// <summary>What the signal is compared with.</summary>
    public static readonly WindowParameter Reference = new(ReferenceKey, "Energy window of the denominator.");

    /// <summary>Level of the detector.</summary>
    public static readonly NumberParameter Saturation = new(
        SaturationKey, NumberUnit.None, 1e-6, 1e12,
        "Counts per channel or pixel from which the detector no longer counts; frames that reach it are flagged.")
    {
        DefaultInWords = "saturation goes unnoticed",
    };

    /// <summary>What is done to a spectrum before it is measured.</summary>
    public static readonly TextParameter Prepare = new(
        "prepare", PreparationChain.Accepts, PreparationChain.ProblemOf,
        "Steps that prepare the spectrum, in this order.")
    {
        DefaultInWords = "the spectrum is measured as it is",
    };

    /// <summary>What all scalarizers of spectra can be told.</summary>
    internal static readonly ScalarizerParameter[] OfAll = [Saturation, Prepare];

    /// <summary>A window for figures: 2.9–3.5 eV, or 1.64–1.86 keV where both bounds are that high.</summary>
    internal static string TextOf(ScalarizerSpec spec, WindowParameter parameter) =>
        spec.TryGet(parameter, out EnergyWindow window) ? TextOf(window) : "";

    internal static string TextOf(EnergyWindow window)
    {
        bool kilo = window.Low.Value >= ElectronVoltsPerKiloelectronVolt;
        double scale = kilo ? ElectronVoltsPerKiloelectronVolt : 1;
        return FormattableString.Invariant(
            $"{window.Low.Value / scale:G6}–{window.High.Value / scale:G6} {(kilo ? "keV" : "eV")}");
    }
}
