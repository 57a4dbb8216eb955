using DklActors.Messages.Frames;
using DklActors.Messages.Scalars;

namespace DklActors.Physics.Scalarizers;

/// <summary>Largest count of one channel in a window, as in the published loops.</summary>
/// <remarks>
/// The largest of n noisy channels lies above the largest expected count: for a flat band of λ counts by about
/// √(2 ln n · λ), for a sharp peak by little. The standard error √maximum is that of the one channel and knows
/// nothing of this bias; where it matters, a band mean around the peak is the better scalarizer.
/// </remarks>
internal sealed class PeakMaximum(EnergyWindow window, double? saturationCounts) : IScalarizer
{
    public const string Kind = "peak-maximum";

    public string Identity { get; } = ScalarizerIdentity.Of(Kind, 1, saturationCounts, window);

    public string Unit => "counts";

    public ScalarResult Evaluate(Frame frame)
    {
        WindowCounts counts = WindowCounts.Of(frame, window, saturationCounts);
        // The saturated channel is the maximum itself: nothing of the peak's height is left in it.
        return counts.Maximum >= saturationCounts
            ? ScalarResult.Bad($"The peak is saturated ({counts.Maximum} counts, level {saturationCounts}).")
            : counts.Result(counts.Maximum, Math.Sqrt(Math.Max(Math.Abs(counts.Maximum), 1)));
    }
}
