using DklActors.Messages.Scalars;
using DklActors.Physics.Scalarizers;

namespace DklActors.Physics.Recorded;

/// <summary>The number of a frame that holds but one: what another instrument or program has computed before.</summary>
/// <remarks>Nothing is known of its error, so the standard error is 0 and the noise is left to be learned.</remarks>
internal sealed class RecordedValue(ScalarizerSpec spec) : IScalarizer
{
    public static readonly ScalarizerKind Kind = new(
        "value", 1, FrameNeed.Value, "The number as recorded, where frames are numbers.", [])
    {
        Create = static spec => new RecordedValue(spec),
        Label = static _ => "recorded value",
    };

    public string Identity { get; } = Kind.IdentityOf(spec);

    public string Unit => "";

    public ScalarResult Evaluate(in Measurement measurement)
    {
        ReadOnlySpan<float> counts = measurement.Frame.Counts.Span;
        return counts.Length != 1
            ? ScalarResult.Bad($"A recorded value is one number, and this frame holds {counts.Length}.")
            : float.IsFinite(counts[0])
                ? new ScalarResult(counts[0], 0, ScalarQuality.Good, null)
                : ScalarResult.Bad($"The recorded value is {counts[0]}.");
    }
}
