using DklActors.Learning.Candidates;
using DklActors.Messages.Geometry;

namespace DklActors.Learning.Vectors;

/// <summary>The measured frame nearest in the image, noise and all; of equally near ones the first.</summary>
public sealed class NearestFrame(
    CandidateSet candidates, IReadOnlyList<int> measured, IReadOnlyList<ReadOnlyMemory<float>> frames)
    : IFramePredictor
{
    public void Predict(int candidate, Span<double> mean)
    {
        ReadOnlySpan<float> frame = frames[NearestTo(candidate)].Span;
        for (int j = 0; j < mean.Length; j++)
        {
            mean[j] = frame[j];
        }
    }

    private int NearestTo(int candidate)
    {
        GridPoint centre = candidates.PointAt(candidate);
        int nearest = 0;
        long least = long.MaxValue;
        for (int i = 0; i < measured.Count; i++)
        {
            GridPoint point = candidates.PointAt(measured[i]);
            long rows = point.Row - centre.Row, columns = point.Column - centre.Column;
            long distance = (rows * rows) + (columns * columns);
            if (distance < least)
            {
                (nearest, least) = (i, distance);
            }
        }

        return nearest;
    }
}
