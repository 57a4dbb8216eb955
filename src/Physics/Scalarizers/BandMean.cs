using DklActors.Messages.Frames;
using DklActors.Messages.Scalars;

namespace DklActors.Physics.Scalarizers;

/// <summary>Mean count per channel in a window; standard error √sum / channels (Poisson).</summary>
internal sealed class BandMean(EnergyWindow window, double? saturationCounts) : IScalarizer
{
    public const string Kind = "band-mean";

    public string Identity { get; } = ScalarizerIdentity.Of(Kind, 1, saturationCounts, window);

    public string Unit => "counts/channel";

    public ScalarResult Evaluate(Frame frame)
    {
        WindowCounts counts = WindowCounts.Of(frame, window, saturationCounts);
        return counts.Result(counts.Sum / counts.Channels, Math.Sqrt(counts.Variance) / counts.Channels);
    }
}
