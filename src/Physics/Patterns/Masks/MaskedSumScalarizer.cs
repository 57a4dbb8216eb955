using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Physics.Patterns.Judging;
using DklActors.Physics.Scalarizers;
using DklActors.Physics.Scalarizers.Parameters;
using DklActors.Physics.Spectra;

namespace DklActors.Physics.Patterns.Masks;

/// <summary>Counts weighted by a mask from a file.</summary>
internal sealed class MaskedSumScalarizer(ScalarizerSpec spec) : PatternScalarizer<VirtualDetector>(Kind, spec)
{
    public static readonly ScalarizerKind Kind = new(
        "masked-sum", 1, FrameNeed.Pattern, "Counts weighted by a mask.",
        [PatternParameters.Mask, SpectrumParameters.Saturation])
    {
        Create = static spec => new MaskedSumScalarizer(spec),
        Label = static spec => spec.Values.GetValueOrDefault(PatternParameters.Mask.Key) is { } mask
            ? $"sum under {mask}"
            : "sum under a mask",
    };

    public override string Unit => "counts";

    protected override VirtualDetector Make(GridShape shape) => new(
        PatternMask.Of(shape, ArrayShapes.Fitting(Spec.Get(PatternParameters.Mask), shape)),
        Spec.Find(SpectrumParameters.Saturation));

    protected override Measured Measure(VirtualDetector meter, PatternFrame frame, in Measurement measurement) =>
        meter.Sum(frame.Counts.Span, frame.Shape);
}
