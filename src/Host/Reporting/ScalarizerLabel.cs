using DklActors.Host.Recipes.Sections;
using DklActors.Messages.Frames;

namespace DklActors.Host.Reporting;

/// <summary>Scalarizers in words.</summary>
internal static class ScalarizerLabel
{
    private const double ElectronVoltsPerKiloelectronVolt = 1000;

    public static string ToLabel(this ScalarizerSection section) => section.Quantity ?? section.Kind switch
    {
        ScalarizerKind.BandMean => $"mean of {Text(section.Window!.Value)}",
        ScalarizerKind.BandSum => $"sum of {Text(section.Window!.Value)}",
        ScalarizerKind.PeakMaximum => $"maximum of {Text(section.Window!.Value)}",
        ScalarizerKind.WindowRatio => $"{Text(section.Window!.Value)} over {Text(section.Reference!.Value)}",
        ScalarizerKind.Value => "recorded value",
        _ => section.Kind.ToString(),
    };

    /// <summary>2.9–3.5 eV, or 1.64–1.86 keV where both bounds are that high.</summary>
    private static string Text(EnergyWindow window)
    {
        bool kilo = window.Low.Value >= ElectronVoltsPerKiloelectronVolt;
        double scale = kilo ? ElectronVoltsPerKiloelectronVolt : 1;
        return FormattableString.Invariant(
            $"{window.Low.Value / scale:G6}–{window.High.Value / scale:G6} {(kilo ? "keV" : "eV")}");
    }
}
