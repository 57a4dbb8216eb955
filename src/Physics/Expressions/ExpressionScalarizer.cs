using System.Collections.Immutable;
using DklActors.Messages.Frames;
using DklActors.Messages.Scalars;
using DklActors.Physics.Scalarizers;
using DklActors.Physics.Scalarizers.Parameters;
using DklActors.Physics.Spectra;
using DklActors.Physics.Spectra.Windows;

namespace DklActors.Physics.Expressions;

/// <summary>An expression of the recipe over sums, means and maxima of named windows.</summary>
/// <remarks>Its error follows from its derivatives, f' = Σ ∂f/∂qⱼ · ∂qⱼ/∂cᵢ, to first order.</remarks>
internal sealed class ExpressionScalarizer : SpectrumScalarizer
{
    public static readonly TextParameter Windows = new(
        "windows", NamedWindows.Accepts, NamedWindows.ProblemOf,
        "Energy windows with the names that the expression uses.");

    public static readonly TextParameter Formula = new(
        "expression", ExpressionParser.Accepts, ProblemOf,
        "What is computed: a name alone is the sum over its window.");

    public static readonly ScalarizerKind Kind = new(
        "expression", 1, FrameNeed.Spectrum, "An expression of your own over named windows.",
        [Windows, Formula, .. SpectrumParameters.OfAll])
    {
        Create = static spec => new ExpressionScalarizer(spec),
        Label = static spec => spec.Get(Formula),
        MoreWindows = static spec =>
            NamedWindows.Parse(spec.Get(Windows)).Select(static entry => (entry.Key, entry.Value)),
        Check = static spec => NamedWindows.Parse(spec.Get(Windows)) is var windows
            && ExpressionParser.Parse(spec.Get(Formula)).Quantities
                .FirstOrDefault(quantity => !windows.ContainsKey(quantity.Window)) is { Window: { } strange }
            ? $"the expression uses '{strange}', and there is no such window among {string.Join(", ", windows.Keys)}"
            : null,
    };

    private const int MostQuantities = 32;

    private readonly Expression _expression;
    private readonly EnergyWindow[] _windows;

    private ExpressionScalarizer(ScalarizerSpec spec)
        : base(Kind, spec)
    {
        _expression = ExpressionParser.Parse(spec.Get(Formula));
        ImmutableDictionary<string, EnergyWindow> windows = NamedWindows.Parse(spec.Get(Windows));
        _windows = [.. _expression.Quantities.Select(quantity => windows[quantity.Window])];
    }

    public override string Unit => "";

    protected override ScalarResult Measure(ref Spectrum spectrum)
    {
        Span<double> values = stackalloc double[MostQuantities];
        Span<double> derivatives = stackalloc double[MostQuantities];
        Span<WindowCounts> windows = stackalloc WindowCounts[MostQuantities];
        for (int i = 0; i < _windows.Length; i++)
        {
            if (WindowCounts.Of(ref spectrum, _windows[i], out WindowCounts counts) is { } problem)
            {
                return ScalarResult.Bad(problem);
            }

            windows[i] = counts;
            values[i] = _expression.Quantities[i].Statistic switch
            {
                Statistic.Sum => counts.Sum,
                Statistic.Mean => counts.Sum / counts.Channels,
                _ => counts.Maximum,
            };
        }

        double value = _expression.Evaluate(values[.._windows.Length], derivatives[.._windows.Length]);
        Span<double> gradient = spectrum.Scratch(0, spectrum.Length);
        gradient.Clear();
        for (int i = 0; i < _windows.Length; i++)
        {
            AddGradient(in windows[i], _expression.Quantities[i].Statistic, derivatives[i], gradient);
        }

        return double.IsFinite(value)
            ? spectrum.ResultOf(value, Math.Sqrt(spectrum.VarianceOf(0, gradient)))
            : ScalarResult.Bad($"The expression gives {value}: a division by nothing, or the root or logarithm of it?");
    }

    private static void AddGradient(
        in WindowCounts counts, Statistic statistic, double derivative, Span<double> gradient)
    {
        if (statistic == Statistic.Max)
        {
            gradient[counts.MaximumChannel] += derivative;
            return;
        }

        double each = statistic == Statistic.Sum ? derivative : derivative / counts.Channels;
        foreach (ref double element in gradient.Slice(counts.First, counts.Channels))
        {
            element += each;
        }
    }

    private static string? ProblemOf(string text)
    {
        try
        {
            return ExpressionParser.Parse(text).Quantities.Count switch
            {
                0 => "the expression names no window: it would be the same everywhere",
                > MostQuantities => $"the expression uses more than {MostQuantities} quantities",
                _ => null,
            };
        }
        catch (FormatException exception)
        {
            return exception.Message;
        }
    }
}
