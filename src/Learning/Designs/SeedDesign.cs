using System.Collections.Immutable;
using DklActors.Learning.Candidates;
using DklActors.Learning.Randomness;
using DklActors.Messages.Geometry;

namespace DklActors.Learning.Designs;

/// <summary>Where to measure before there is a model, or when there is none.</summary>
public static class SeedDesign
{
    private const int None = -1;

    /// <summary>
    /// Points spread over the image: the first at random, each next one the candidate farthest from those taken and
    /// from their mirror images beyond the border (so that points do not crowd on the border).
    /// </summary>
    /// <returns><paramref name="count"/> different candidates, or all of them if there are fewer.</returns>
    public static ImmutableArray<int> SpaceFilling(CandidateSet candidates, int count, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        double[] distance = DistancesToBorder(candidates);
        int wanted = Math.Min(count, candidates.Count);
        var chosen = ImmutableArray.CreateBuilder<int>(wanted);
        int next = SeededRandom.Derive(seed, RandomPurpose.SeedDesign).NextIndex(candidates.Count);
        while (chosen.Count < wanted)
        {
            chosen.Add(next);
            Approach(candidates, next, distance);
            next = Greatest(distance);
        }

        return chosen.MoveToImmutable();
    }

    /// <summary>Candidates drawn uniformly without replacement.</summary>
    /// <returns><paramref name="count"/> different candidates, or all of them if there are fewer.</returns>
    public static ImmutableArray<int> Random(CandidateSet candidates, int count, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        SeededRandom random = SeededRandom.Derive(seed, RandomPurpose.SeedDesign);
        int[] order = [.. Enumerable.Range(0, candidates.Count)];
        int wanted = Math.Min(count, candidates.Count);
        for (int i = 0; i < wanted; i++)
        {
            int other = i + random.NextIndex(order.Length - i);
            (order[i], order[other]) = (order[other], order[i]);
        }

        return [.. order[..wanted]];
    }

    /// <summary>The candidate farthest from all taken ones; of equals, the one of lowest number.</summary>
    /// <param name="candidates">The candidates.</param>
    /// <param name="taken">Candidates measured or planned; never returned.</param>
    /// <param name="excluded">One flag a candidate, or empty when none is excluded.</param>
    /// <returns>The candidate, or −1 when none is left.</returns>
    public static int FarthestFrom(
        CandidateSet candidates, IReadOnlyList<int> taken, ReadOnlySpan<bool> excluded = default)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentNullException.ThrowIfNull(taken);
        double[] distance = DistancesToBorder(candidates);
        foreach (int candidate in taken)
        {
            Approach(candidates, candidate, distance);
        }

        for (int i = 0; i < excluded.Length; i++)
        {
            distance[i] = excluded[i] ? double.NegativeInfinity : distance[i];
        }

        return Greatest(distance);
    }

    // Squared px. Twice the way to the border is the distance to the point's own mirror image.
    private static double[] DistancesToBorder(CandidateSet candidates)
    {
        GridPoint low = new(int.MaxValue, int.MaxValue);
        GridPoint high = new(int.MinValue, int.MinValue);
        for (int i = 0; i < candidates.Count; i++)
        {
            GridPoint point = candidates.PointAt(i);
            low = new GridPoint(Math.Min(low.Row, point.Row), Math.Min(low.Column, point.Column));
            high = new GridPoint(Math.Max(high.Row, point.Row), Math.Max(high.Column, point.Column));
        }

        double[] distance = new double[candidates.Count];
        for (int i = 0; i < distance.Length; i++)
        {
            GridPoint point = candidates.PointAt(i);
            int vertical = Math.Min(point.Row - low.Row, high.Row - point.Row);
            int horizontal = Math.Min(point.Column - low.Column, high.Column - point.Column);
            // Half a pixel outwards, where the border pixel ends.
            double across = 2.0 * (Math.Min(vertical, horizontal) + 0.5);
            distance[i] = across * across;
        }

        return distance;
    }

    private static void Approach(CandidateSet candidates, int taken, double[] distance)
    {
        GridPoint centre = candidates.PointAt(taken);
        for (int i = 0; i < distance.Length; i++)
        {
            GridPoint point = candidates.PointAt(i);
            double rows = point.Row - centre.Row;
            double columns = point.Column - centre.Column;
            distance[i] = Math.Min(distance[i], (rows * rows) + (columns * columns));
        }

        distance[taken] = double.NegativeInfinity;
    }

    private static int Greatest(double[] distance)
    {
        int best = None;
        for (int i = 0; i < distance.Length; i++)
        {
            if (distance[i] > double.NegativeInfinity && (best == None || distance[i] > distance[best]))
            {
                best = i;
            }
        }

        return best;
    }
}
