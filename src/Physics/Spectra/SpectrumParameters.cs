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

    /// <summary>Where the background is fitted.</summary>
    public static readonly WindowParameter Background = new(
        "background", "Energy window before the edge, to which the background is fitted.");

    /// <summary>How the background falls.</summary>
    public static readonly ChoiceParameter BackgroundModel = new(
        "backgroundModel", "How counts fall before the edge: a power law by least squares or from two areas, or an "
        + "exponential.", "power-law", "two-area", "exponential")
    {
        Default = "power-law",
    };

    /// <summary>Where the counts are level behind the white lines.</summary>
    public static readonly WindowParameter Continuum = new(
        "continuum", "Energy window behind the white lines, whose level is the height of the steps below them.")
    {
        DefaultInWords = "no steps are subtracted",
    };

    /// <summary>How a peak's place is found.</summary>
    public static readonly ChoiceParameter PositionMethod = new(
        "position", "How a peak's place is found: the vertex of a parabola through its upper half, or a fit.",
        "parabola", "lorentzian", "gaussian")
    {
        Default = "parabola",
    };

    /// <summary>How a peak's width is found.</summary>
    public static readonly ChoiceParameter WidthMethod = new(
        "width", "How a peak's full width at half maximum is found: between its half heights, or by a fit.",
        "interpolation", "lorentzian", "gaussian")
    {
        Default = "interpolation",
    };

    /// <summary>What peaks stand on.</summary>
    public static readonly ChoiceParameter Baseline = new(
        "baseline", "What a peak stands on: a line between the ends of its window (fitted, with a fit), or nothing.",
        "line", "none")
    {
        Default = "line",
    };

    /// <summary>Where two plasmons are fitted.</summary>
    public static readonly WindowParameter FitWindow = new(
        "fitWindow", "Energy window to which both peaks are fitted; it holds the windows of both.");

    /// <summary>How far a peak has to stand out.</summary>
    public static readonly NumberParameter Significance = new(
        "significance", NumberUnit.None, 1, 1000,
        "Standard deviations by which a peak has to stand out from the higher of the valleys beside it.")
    {
        Default = 5,
    };

    /// <summary>Channels averaged before peaks are looked for.</summary>
    public static readonly CountParameter Smoothing = new(
        "smoothing", 1, 101, "Channels, an odd number, that are averaged before peaks are looked for.")
    {
        Default = 5,
    };

    /// <summary>Fixed components.</summary>
    public static readonly ArrayParameter Components = new(
        "components", "Spectra of the components, components × channels, on the axis of the spectra.");

    /// <summary>Which of them.</summary>
    public static readonly CountParameter Component = new(
        "component", 1, 64, "Which component, from 1.") { Default = 1 };

    /// <summary>How spectra are decomposed.</summary>
    public static readonly ChoiceParameter Decomposition = new(
        "decomposition", "How weights are found: none of them negative (NMF), or by projection (PCA).",
        "nmf", "pca")
    {
        Default = "nmf",
    };

    /// <summary>What PCA subtracts.</summary>
    public static readonly ArrayParameter MeanSpectrum = new(
        "meanSpectrum", "Mean spectrum that is subtracted before a projection.")
    {
        DefaultInWords = "nothing is subtracted",
    };

    /// <summary>What spectra are compared with.</summary>
    public static readonly ArrayParameter ReferenceSpectrum = new(
        "referenceSpectrum", "Spectrum that spectra are compared with, on their axis.");

    /// <summary>How spectra are compared.</summary>
    public static readonly ChoiceParameter Measure = new(
        "measure", "How alike spectra are: the cosine between them, their correlation, or the angle in degrees.",
        "cosine", "correlation", "angle")
    {
        Default = "cosine",
    };

    /// <summary>Where spectra are compared.</summary>
    public static readonly WindowParameter CompareWindow = new(
        "compareWindow", "Energy window within which spectra are compared.")
    {
        DefaultInWords = "the whole spectrum",
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
