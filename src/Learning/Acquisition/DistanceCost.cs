using DklActors.Messages.Geometry;

namespace DklActors.Learning.Acquisition;

/// <summary>
/// Long moves cost time, and drift, hysteresis and settling grow with them: the distance from the last planned place,
/// as a share of the image's diagonal, times <paramref name="weight"/>. Without a planned place there is no cost.
/// </summary>
/// <param name="weight">Cost of a move across the whole image, without unit, 0 or greater.</param>
public sealed class DistanceCost(double weight) : IPenalty
{
    public string Identity => FormattableString.Invariant($"distance-cost({weight:R})");

    public void AddCosts(ProbeTrail trail, Span<double> costs)
    {
        ArgumentNullException.ThrowIfNull(trail);
        if (trail.Planned.IsEmpty)
        {
            return;
        }

        ProbePosition probe = trail.Planned[^1].Centre;
        GridShape image = trail.Candidates.Image.Shape;
        double perPixel = weight / double.Hypot(image.Rows, image.Columns);
        for (int i = 0; i < costs.Length; i++)
        {
            costs[i] += perPixel * trail.Candidates.PointAt(i).Centre.DistanceTo(probe);
        }
    }
}
