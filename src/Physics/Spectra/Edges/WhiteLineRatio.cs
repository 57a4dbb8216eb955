using DklActors.Messages.Frames;
using DklActors.Messages.Scalars;
using DklActors.Physics.Scalarizers;
using DklActors.Physics.Spectra.Backgrounds;
using DklActors.Physics.Spectra.Preparation;
using DklActors.Physics.Spectra.Windows;

namespace DklActors.Physics.Spectra.Edges;

/// <summary>
/// L₃ over L₂ of a transition metal, which tells its valence: sums over the two white lines after the background, and
/// after a step of 2/3 of the continuum's height at the maximum of L₃ and one of 1/3 at that of L₂ (Pearson, Ahn and
/// Fultz, Phys. Rev. B 47, 8471 (1993)).
/// </summary>
internal sealed class WhiteLineRatio(ScalarizerSpec spec) : SpectrumScalarizer(Kind, spec)
{
    public static readonly ScalarizerKind Kind = new(
        "white-line-ratio", 1, FrameNeed.Spectrum,
        "L3 (the window) over L2 (the reference), background and continuum steps subtracted.",
        [
            SpectrumParameters.Window, SpectrumParameters.Reference, SpectrumParameters.Background,
            SpectrumParameters.BackgroundModel, SpectrumParameters.Continuum, .. SpectrumParameters.OfAll,
        ])
    {
        Create = static spec => new WhiteLineRatio(spec),
        Label = static _ => "L3/L2",
        Check = EdgeWindows.ProblemOf,
    };

    private const double ShareOfThird = 2.0 / 3;

    private readonly EnergyWindow _third = spec.Get(SpectrumParameters.Window);
    private readonly EnergyWindow _second = spec.Get(SpectrumParameters.Reference);
    private readonly EnergyWindow? _continuum = spec.Find(SpectrumParameters.Continuum);
    private readonly SubtractBackground _background = new(
        BackgroundModels.Parse(spec.Get(SpectrumParameters.BackgroundModel)), spec.Get(SpectrumParameters.Background));

    public override string Unit => "";

    protected override ScalarResult Measure(ref Spectrum spectrum)
    {
        if ((spectrum.Open(_third, out _, out _) ?? spectrum.Open(_second, out _, out _)
            ?? _background.Apply(ref spectrum)) is { } problem)
        {
            return ScalarResult.Bad(problem);
        }

        WindowCounts second = default, continuum = default;
        if ((WindowCounts.Of(ref spectrum, _third, out WindowCounts third)
            ?? WindowCounts.Of(ref spectrum, _second, out second)
            ?? (_continuum is { } window ? WindowCounts.Of(ref spectrum, window, out continuum) : null))
            is { } failure)
        {
            return ScalarResult.Bad(failure);
        }

        double level = continuum.Channels > 0 ? continuum.Sum / continuum.Channels : 0;
        double thirdSteps = Steps(third.First, third.Channels, third.MaximumChannel, second.MaximumChannel);
        double secondSteps = Steps(second.First, second.Channels, third.MaximumChannel, second.MaximumChannel);
        double above = third.Sum - (thirdSteps * level);
        double below = second.Sum - (secondSteps * level);
        double ratio = above / below;
        Span<double> gradient = spectrum.Scratch(0, spectrum.Length);
        gradient.Clear();
        AddTo(gradient, third.First, third.Channels, 1 / below);
        AddTo(gradient, second.First, second.Channels, -ratio / below);
        if (continuum.Channels > 0)
        {
            AddTo(
                gradient, continuum.First, continuum.Channels,
                ((ratio * secondSteps) - thirdSteps) / (below * continuum.Channels));
        }

        double error = Math.Sqrt(spectrum.VarianceOf(0, gradient));
        if (!(below > 0))
        {
            return ScalarResult.Bad($"No counts of L2 are left above background and steps in {_second}: {below:G6}.");
        }

        if (error > Math.Abs(ratio) || above <= 0)
        {
            spectrum.Suspect("The white lines hardly stand out from what is subtracted.");
        }

        return spectrum.ResultOf(ratio, error);
    }

    /// <summary>
    /// Sum of the steps over some channels, in heights of the continuum; a step's own channel counts half.
    /// </summary>
    private static double Steps(int first, int length, int third, int second)
    {
        double sum = 0;
        for (int channel = first; channel < first + length; channel++)
        {
            sum += (ShareOfThird * Step(channel, third)) + ((1 - ShareOfThird) * Step(channel, second));
        }

        return sum;
    }

    private static double Step(int channel, int at) => channel > at ? 1 : channel == at ? 0.5 : 0;

    private static void AddTo(Span<double> gradient, int first, int length, double value)
    {
        foreach (ref double element in gradient.Slice(first, length))
        {
            element += value;
        }
    }
}
