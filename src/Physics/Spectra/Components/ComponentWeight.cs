using DklActors.Messages.Scalars;
using DklActors.Physics.Scalarizers;
using DklActors.Physics.Scalarizers.Parameters;

namespace DklActors.Physics.Spectra.Components;

/// <summary>
/// Weight of one of several fixed components in a spectrum: with none of them negative (the weights of an NMF), or by
/// projection (the scores of a PCA).
/// </summary>
/// <remarks>
/// Weights minimise ‖x − Σ wₖcₖ‖² without regard to noise, as decompositions do. The error is that of the linear
/// estimator on the components that take part; for one that does not, of what it would have if it did.
/// </remarks>
internal sealed class ComponentWeight : SpectrumScalarizer
{
    public static readonly ScalarizerKind Kind = new(
        "component-weight", 1, FrameNeed.Spectrum, "Weight of a fixed NMF or PCA component in the spectrum.",
        [
            SpectrumParameters.Components, SpectrumParameters.Component, SpectrumParameters.Decomposition,
            SpectrumParameters.MeanSpectrum, .. SpectrumParameters.OfAll,
        ])
    {
        Create = static spec => new ComponentWeight(spec),
        Label = static spec => $"weight of component {spec.Get(SpectrumParameters.Component)}",
        Check = ProblemOf,
    };

    private readonly LinearMixture _mixture;
    private readonly int _component;
    private readonly double[]? _mean;
    private readonly bool _isNonNegative;

    private ComponentWeight(ScalarizerSpec spec)
        : base(Kind, spec)
    {
        ReferenceArray components = spec.Get(SpectrumParameters.Components);
        _mixture = new LinearMixture(components.Values.Span, components.Shape[0]);
        _component = spec.Get(SpectrumParameters.Component) - 1;
        _isNonNegative = spec.Get(SpectrumParameters.Decomposition) == "nmf";
        _mean = spec.TryGet(SpectrumParameters.MeanSpectrum, out ReferenceArray? mean)
            ? Array.ConvertAll(mean.Values.ToArray(), static value => (double)value)
            : null;
    }

    public override string Unit => "";

    protected override ScalarResult Measure(ref Spectrum spectrum)
    {
        if (spectrum.Length != _mixture.Channels)
        {
            return ScalarResult.Bad(
                $"The spectrum has {spectrum.Length} channels, and the components {_mixture.Channels}.");
        }

        for (int channel = 0; channel < spectrum.Length; channel++)
        {
            if (!double.IsFinite(spectrum.Counts[channel]))
            {
                return ScalarResult.Bad($"Channel {channel} holds {spectrum.Counts[channel]} counts.");
            }

            spectrum.Counts[channel] -= _mean is null ? 0 : _mean[channel];
        }

        Span<double> weights = stackalloc double[LinearMixture.Most];
        Span<bool> takesPart = stackalloc bool[LinearMixture.Most];
        Span<double> gradient = spectrum.Scratch(0, spectrum.Length);
        if (!_mixture.TrySolve(spectrum.Counts, _isNonNegative, weights, takesPart)
            || !_mixture.TryGradient(_component, takesPart, gradient))
        {
            return ScalarResult.Bad("The components are so much alike that their weights cannot be told apart.");
        }

        return spectrum.ResultOf(weights[_component], Math.Sqrt(spectrum.VarianceOf(0, gradient)));
    }

    private static string? ProblemOf(ScalarizerSpec spec)
    {
        ReferenceArray components = spec.Get(SpectrumParameters.Components);
        if (components.Shape.Length != 2 || components.Shape[0] > LinearMixture.Most)
        {
            return $"components have the shape {string.Join("×", components.Shape)}; give components × channels, at "
                + $"most {LinearMixture.Most} of them";
        }

        if (spec.Get(SpectrumParameters.Component) > components.Shape[0])
        {
            return $"there is no component {spec.Get(SpectrumParameters.Component)} among {components.Shape[0]}";
        }

        return spec.TryGet(SpectrumParameters.MeanSpectrum, out ReferenceArray? mean)
            && mean.Values.Length != components.Shape[1]
            ? $"meanSpectrum has {mean.Values.Length} channels, and the components {components.Shape[1]}"
            : null;
    }
}
