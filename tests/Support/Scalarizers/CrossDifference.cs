using System.Collections.Immutable;
using DklActors.Messages.Frames;
using DklActors.Messages.Geometry;
using DklActors.Messages.Scalars;
using DklActors.Physics.Scalarizers;

namespace DklActors.Support.Scalarizers;

/// <summary>
/// A scalarizer that needs the four neighbours of a point: how much more counts there are to the right than to the
/// left, and below than above. A neighbour that is not there counts as the centre does, and makes it suspect.
/// </summary>
internal sealed class CrossDifference : IScalarizer
{
    public string Identity => "cross-difference/1";

    public string Unit => "counts";

    public ImmutableArray<GridOffset> Neighbours { get; } =
        [new GridOffset(0, 1), new GridOffset(0, -1), new GridOffset(1, 0), new GridOffset(-1, 0)];

    public ScalarResult Evaluate(in Measurement measurement)
    {
        double centre = Sum(measurement.Frame);
        double value = 0;
        int missing = 0;
        for (int i = 0; i < Neighbours.Length; i++)
        {
            Frame? neighbour = measurement.Neighbours[i];
            missing += neighbour is null ? 1 : 0;
            value += (i % 2 == 0 ? 1 : -1) * (neighbour is null ? centre : Sum(neighbour));
        }

        return missing == 0
            ? new ScalarResult(value, Math.Sqrt(4 * Math.Max(centre, 1)), ScalarQuality.Good)
            : new ScalarResult(value, Math.Sqrt(4 * Math.Max(centre, 1)), ScalarQuality.Suspect, $"{missing} missing");
    }

    private static double Sum(Frame frame)
    {
        double sum = 0;
        foreach (float count in frame.Counts.Span)
        {
            sum += count;
        }

        return sum;
    }
}
