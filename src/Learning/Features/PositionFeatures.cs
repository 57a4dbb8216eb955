using DklActors.Learning.Candidates;
using DklActors.Messages.Geometry;

namespace DklActors.Learning.Features;

/// <summary>Row and column, for what structure alone does not tell.</summary>
internal static class PositionFeatures
{
    public const string Name = "position";

    public static FeatureBlock Extract(CandidateSet candidates)
    {
        float[] values = new float[candidates.Count * 2];
        for (int i = 0; i < candidates.Count; i++)
        {
            GridPoint point = candidates.PointAt(i);
            values[2 * i] = point.Row;
            values[(2 * i) + 1] = point.Column;
        }

        return new FeatureBlock(Name, 2, values, IsOneSpace: true);
    }
}
