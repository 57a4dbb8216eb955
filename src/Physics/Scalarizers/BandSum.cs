using DklActors.Messages.Frames;
using DklActors.Messages.Scalars;

namespace DklActors.Physics.Scalarizers;

/// <summary>Sum of the counts in a window; standard error √sum (Poisson), at least one count.</summary>
internal sealed class BandSum(EnergyWindow window, double? saturationCounts) : IScalarizer
{
    public const string Kind = "band-sum";

    public string Identity { get; } = ScalarizerIdentity.Of(Kind, 1, saturationCounts, window);

    public string Unit => "counts";

    public ScalarResult Evaluate(Frame frame)
    {
        WindowCounts counts = WindowCounts.Of(frame, window, saturationCounts);
        return counts.Result(counts.Sum, Math.Sqrt(counts.Variance));
    }
}
