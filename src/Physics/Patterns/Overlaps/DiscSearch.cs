using DklActors.Messages.Geometry;
using DklActors.Physics.Patterns.Masks;

namespace DklActors.Physics.Patterns.Overlaps;

/// <summary>Finds a disc near a place, to a pixel.</summary>
internal static class DiscSearch
{
    /// <summary>The pixel about which a disc holds most against the ring around it.</summary>
    public static PatternPoint Brightest(
        ReadOnlySpan<float> counts, GridShape shape, PatternPoint near, double reach, double radius)
    {
        (double best, PatternPoint place) = (double.NegativeInfinity, near);
        int far = (int)Math.Ceiling(reach);
        for (int r = -far; r <= far; r++)
        {
            for (int c = -far; c <= far; c++)
            {
                var tried = new PatternPoint(Math.Round(near.Row) + r, Math.Round(near.Column) + c);
                if (tried.DistanceTo(near) <= reach && Contrast(counts, shape, tried, radius) is var contrast
                    && contrast > best)
                {
                    (best, place) = (contrast, tried);
                }
            }
        }

        return place;
    }

    private static double Contrast(ReadOnlySpan<float> counts, GridShape shape, PatternPoint centre, double radius)
    {
        double inside = 0, around = 0;
        int insidePixels = 0, aroundPixels = 0, reach = (int)Math.Ceiling(1.4 * radius);
        for (int r = (int)centre.Row - reach; r <= (int)centre.Row + reach; r++)
        {
            for (int c = (int)centre.Column - reach; c <= (int)centre.Column + reach; c++)
            {
                double distance = centre.DistanceTo(new PatternPoint(r, c));
                if (!shape.Contains(new GridPoint(r, c)) || distance > 1.4 * radius)
                {
                    continue;
                }

                double count = counts[(r * shape.Columns) + c];
                if (distance <= radius)
                {
                    inside += count;
                    insidePixels++;
                }
                else
                {
                    around += count;
                    aroundPixels++;
                }
            }
        }

        return (inside / Math.Max(insidePixels, 1)) - (around / Math.Max(aroundPixels, 1));
    }
}
