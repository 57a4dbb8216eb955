using DklActors.Messages.Frames;
using DklActors.Messages.Scalars;

namespace DklActors.Physics.Scalarizers;

/// <summary>The number of a frame that holds but one: what another instrument or program has computed before.</summary>
/// <remarks>Nothing is known of its error, so the standard error is 0 and the noise is left to be learned.</remarks>
internal sealed class RecordedValue : IScalarizer
{
    public const string Kind = "value";

    public string Identity { get; } = ScalarizerIdentity.Of(Kind, 1, null);

    public string Unit => "";

    public ScalarResult Evaluate(Frame frame)
    {
        ReadOnlySpan<float> counts = frame.Counts.Span;
        return counts.Length != 1
            ? ScalarResult.Bad($"A recorded value is one number, and this frame holds {counts.Length}.")
            : float.IsFinite(counts[0])
                ? new ScalarResult(counts[0], 0, ScalarQuality.Good, null)
                : ScalarResult.Bad($"The recorded value is {counts[0]}.");
    }
}
