using DklActors.Messages.Frames;
using DklActors.Messages.Scalars;
using DklActors.Physics.Scalarizers;
using DklActors.Physics.Spectra.Fitting;
using DklActors.Physics.Spectra.Peaks;

namespace DklActors.Physics.Spectra.Plasmons;

/// <summary>
/// Surface over bulk plasmon: the areas of two Lorentzians fitted together on a line, h₁w₁/(h₂w₂). Each begins at the
/// largest channel of its window, and has to end up within it.
/// </summary>
internal sealed class PlasmonRatio(ScalarizerSpec spec) : SpectrumScalarizer(Kind, spec)
{
    public static readonly ScalarizerKind Kind = new(
        "plasmon-ratio", 1, FrameNeed.Spectrum,
        "Area of the surface plasmon (in the window) over that of the bulk plasmon (in the reference).",
        [
            SpectrumParameters.Window, SpectrumParameters.Reference, SpectrumParameters.FitWindow,
            .. SpectrumParameters.OfAll,
        ])
    {
        Create = static spec => new PlasmonRatio(spec),
        Label = static _ => "surface/bulk plasmon",
        Check = static spec => spec.Get(SpectrumParameters.FitWindow) is var fit
            && new[] { spec.Get(SpectrumParameters.Window), spec.Get(SpectrumParameters.Reference) }
                .All(window => window.Low >= fit.Low && window.High <= fit.High)
            ? null
            : $"the windows of both plasmons have to lie within fitWindow, {fit}",
    };

    private const int Second = 3;

    private readonly EnergyWindow _surface = spec.Get(SpectrumParameters.Window);
    private readonly EnergyWindow _bulk = spec.Get(SpectrumParameters.Reference);
    private readonly EnergyWindow _fit = spec.Get(SpectrumParameters.FitWindow);

    public override string Unit => "";

    protected override ScalarResult Measure(ref Spectrum spectrum)
    {
        PeakShape bulk = default;
        int first = 0, length = 0;
        if ((PeakShape.Of(ref spectrum, _surface, true, out PeakShape surface)
            ?? PeakShape.Of(ref spectrum, _bulk, true, out bulk)
            ?? spectrum.Open(_fit, out first, out length)) is { } problem)
        {
            return ScalarResult.Bad(problem);
        }

        double ground = Math.Min(spectrum.Counts[first], spectrum.Counts[first + length - 1]);
        Span<double> parameters =
        [
            spectrum.Counts[surface.Top] - ground, spectrum.EnergyOf(surface.Top),
            surface.GuessWidth(spectrum.Dispersion),
            spectrum.Counts[bulk.Top] - ground, spectrum.EnergyOf(bulk.Top), bulk.GuessWidth(spectrum.Dispersion),
            ground, 0,
        ];
        var fit = new CurveFit<TwoLorentzians>(in spectrum, first, length, parameters, parameters.Length);
        if (fit.Run(in spectrum) is { } failure)
        {
            return ScalarResult.Bad(failure);
        }

        if (!Holds(_surface, parameters[PeakFit.Centre]) || !Holds(_bulk, parameters[Second + PeakFit.Centre]))
        {
            return ScalarResult.Bad(
                $"The fitted plasmons lie at {parameters[PeakFit.Centre]:G6} eV and "
                + $"{parameters[Second + PeakFit.Centre]:G6} eV, outside of their windows.");
        }

        double ratio = parameters[0] * Math.Abs(parameters[2]) / (parameters[3] * Math.Abs(parameters[5]));
        if (parameters[3] <= 0)
        {
            return ScalarResult.Bad($"The bulk plasmon has a height of {parameters[3]:G6} counts.");
        }

        Span<double> derivatives =
        [
            ratio / parameters[0], 0, ratio / parameters[2], -ratio / parameters[3], 0, -ratio / parameters[5], 0, 0,
        ];
        return spectrum.ResultOf(ratio, Math.Sqrt(fit.VarianceOf(in spectrum, derivatives)));
    }

    private static bool Holds(EnergyWindow window, double energy) =>
        energy >= window.Low.Value && energy <= window.High.Value;
}
