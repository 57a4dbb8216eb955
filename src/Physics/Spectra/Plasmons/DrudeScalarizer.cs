using DklActors.Messages.Frames;
using DklActors.Messages.Scalars;
using DklActors.Physics.Scalarizers;
using DklActors.Physics.Spectra.Fitting;
using DklActors.Physics.Spectra.Peaks;

namespace DklActors.Physics.Spectra.Plasmons;

/// <summary>Energy Eₚ or damping Γ of a volume plasmon, by a fit of the Drude model in a window.</summary>
/// <remarks>
/// The model has no background: what the zero-loss peak leaves below the plasmon is to be subtracted before, such as
/// by <c>prepare: subtract power-law</c>.
/// </remarks>
internal sealed class DrudeScalarizer(ScalarizerKind kind, ScalarizerSpec spec, int wanted)
    : SpectrumScalarizer(kind, spec)
{
    public static readonly ScalarizerKind Energy = KindOf(
        "plasmon-energy", "Energy of the volume plasmon in the window, by the Drude model.", "plasmon energy",
        static spec => new DrudeScalarizer(Energy!, spec, PeakFit.Centre));

    public static readonly ScalarizerKind Width = KindOf(
        "plasmon-width", "Damping of the volume plasmon in the window, by the Drude model.", "plasmon width",
        static spec => new DrudeScalarizer(Width!, spec, PeakFit.Width));

    private readonly EnergyWindow _window = spec.Get(SpectrumParameters.Window);

    public override string Unit => "eV";

    protected override ScalarResult Measure(ref Spectrum spectrum) =>
        PeakFit.Of<DrudePlasmon>(ref spectrum, _window, false, wanted, out double value, out double variance)
            is { } problem
            ? ScalarResult.Bad(problem)
            : spectrum.ResultOf(value, Math.Sqrt(variance));

    private static ScalarizerKind KindOf(
        string name, string meaning, string label, Func<ScalarizerSpec, IScalarizer> create) => new(
        name, 1, FrameNeed.Spectrum, meaning, [SpectrumParameters.Window, .. SpectrumParameters.OfAll])
        {
            Create = create,
            Label = spec => $"{label} in {SpectrumParameters.TextOf(spec, SpectrumParameters.Window)}",
            Check = static spec => spec.Get(SpectrumParameters.Window).Low.Value > 0
                ? null
                : $"the window {spec.Get(SpectrumParameters.Window)} has to lie above 0 eV, where plasmons are",
        };
}
