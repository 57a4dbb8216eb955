using System.Globalization;
using DklActors.Messages.Frames;
using DklActors.Messages.Units;
using DklActors.Physics.Spectra.Backgrounds;

namespace DklActors.Physics.Spectra.Preparation;

/// <summary>
/// Steps that prepare a spectrum, written as "despike 8, align, subtract power-law 380 eV .. 450 eV".
/// </summary>
internal sealed class PreparationChain
{
    /// <summary>What a person may write.</summary>
    public const string Accepts =
        "steps separated by commas: 'despike 8' (deviations), 'align', 'subtract power-law 380 eV .. 450 eV' (or "
        + "two-area, exponential), 'deconvolve 3 eV' (end of the zero-loss peak), 'bin 2'";

    private const double DefaultSpikeDeviations = 8;

    private readonly IPreparationStep[] _steps;

    private PreparationChain(IPreparationStep[] steps) => _steps = steps;

    /// <summary>Does nothing.</summary>
    public static PreparationChain Empty { get; } = new([]);

    /// <exception cref="FormatException">The text is no chain; the message says what is wrong.</exception>
    public static PreparationChain Parse(string text)
    {
        string[] parts = text.Split(',', StringSplitOptions.TrimEntries);
        return new PreparationChain([.. parts.Select(StepOf)]);
    }

    /// <summary>What is wrong with a text; null when nothing is.</summary>
    public static string? ProblemOf(string text)
    {
        try
        {
            _ = Parse(text);
            return null;
        }
        catch (FormatException exception)
        {
            return exception.Message;
        }
    }

    /// <returns>Why the spectrum cannot be used; null where it can.</returns>
    public string? Apply(ref Spectrum spectrum)
    {
        string? problem = _steps.Length > 0 ? spectrum.BeginPreparation() : null;
        for (int i = 0; i < _steps.Length && problem is null; i++)
        {
            problem = _steps[i].Apply(ref spectrum);
        }

        return problem;
    }

    private static IPreparationStep StepOf(string text)
    {
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words switch
        {
            ["despike"] => new Despike(DefaultSpikeDeviations),
            ["despike", string deviations] => new Despike(NumberOf(deviations, 3, 1000, text)),
            ["align"] => new AlignZeroLoss(),
            ["deconvolve", .. string[] energy] => new FourierLog(
                EnergyOf(string.Join(' ', energy))?.Value ?? throw new FormatException(
                    $"'{text}' needs the energy where the zero-loss peak ends, such as '3 eV'")),
            ["bin", string factor] => new Bin((int)WholeOf(factor, 2, 1024, text)),
            ["subtract", string word, .. string[] window]
                when BackgroundModels.TryParse(word, out BackgroundModel model) =>
                new SubtractBackground(model, WindowOf(string.Join(' ', window), text)),
            _ => throw new FormatException($"'{text}' is no step that prepares a spectrum; write {Accepts}"),
        };
    }

    /// <exception cref="FormatException">The text is no window.</exception>
    internal static EnergyWindow WindowOf(string text, string step)
    {
        string[] bounds = text.Split("..", StringSplitOptions.TrimEntries);
        if (bounds.Length != 2 || EnergyOf(bounds[0]) is not { } low || EnergyOf(bounds[1]) is not { } high
            || low >= high)
        {
            throw new FormatException(
                $"'{step}' needs a window, such as '380 eV .. 450 eV', the lower energy first");
        }

        return new EnergyWindow(low, high);
    }

    private static ElectronVolt? EnergyOf(string text)
    {
        (string number, double unit) = text switch
        {
            _ when text.EndsWith("keV", StringComparison.Ordinal) => (text[..^3], 1000),
            _ when text.EndsWith("meV", StringComparison.Ordinal) => (text[..^3], 0.001),
            _ when text.EndsWith("eV", StringComparison.Ordinal) => (text[..^2], 1.0),
            _ => ("", 1),
        };
        return double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            && Math.Abs(value) <= 1e7
            ? new ElectronVolt(value * unit)
            : null;
    }

    private static double NumberOf(string text, double least, double most, string step) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
        && value >= least && value <= most
            ? value
            : throw new FormatException(FormattableString.Invariant(
                $"'{step}': '{text}' is not a number within {least} .. {most}"));

    private static double WholeOf(string text, double least, double most, string step) =>
        NumberOf(text, least, most, step) is var value && double.IsInteger(value)
            ? value
            : throw new FormatException($"'{step}': '{text}' is not whole");
}
