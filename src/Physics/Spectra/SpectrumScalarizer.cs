using DklActors.Messages.Frames;
using DklActors.Messages.Scalars;
using DklActors.Physics.Scalarizers;
using DklActors.Physics.Spectra.Preparation;

namespace DklActors.Physics.Spectra;

/// <summary>A scalarizer of spectra: prepares the spectrum as it was told and measures what is left.</summary>
internal abstract class SpectrumScalarizer : IScalarizer, IDrawsFit
{
    private readonly PreparationChain _preparation;
    private readonly double? _saturation;

    /// <param name="kind">The kind that makes it.</param>
    /// <param name="spec">A specification that was checked.</param>
    protected SpectrumScalarizer(ScalarizerKind kind, ScalarizerSpec spec)
    {
        Identity = kind.IdentityOf(spec);
        _saturation = spec.Find(SpectrumParameters.Saturation);
        _preparation = spec.TryGet(SpectrumParameters.Prepare, out string? steps)
            ? PreparationChain.Parse(steps)
            : PreparationChain.Empty;
    }

    public string Identity { get; }

    public abstract string Unit { get; }

    /// <summary>Counts per channel from which the detector no longer counts; null: unknown.</summary>
    protected double? Saturation => _saturation;

    public ScalarResult Evaluate(in Measurement measurement)
    {
        if (measurement.Frame is not SpectrumFrame frame)
        {
            return ScalarResult.Bad("An energy window needs a spectrum, and this frame is a diffraction pattern.");
        }

        if (!frame.Counts.Span.ContainsAnyExcept(0f))
        {
            return ScalarResult.Bad("The whole spectrum is empty: no electron was recorded (was the beam blanked?).");
        }

        var spectrum = new Spectrum(frame, _saturation, SpectrumBuffers.OfThread);
        return _preparation.Apply(ref spectrum) is { } problem ? ScalarResult.Bad(problem) : Measure(ref spectrum);
    }

    public IReadOnlyList<FittedCurve> Draw(in Measurement measurement)
    {
        var sketch = new FitSketch();
        SpectrumBuffers buffers = SpectrumBuffers.OfThread;
        buffers.Sketch = sketch;
        try
        {
            _ = Evaluate(in measurement);
        }
        finally
        {
            buffers.Sketch = null;
        }

        return sketch.Curves;
    }

    /// <summary>The number of a prepared spectrum, which may be changed on the way.</summary>
    protected abstract ScalarResult Measure(ref Spectrum spectrum);
}
