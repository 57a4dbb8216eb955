using System.Runtime.Intrinsics;
using DklActors.Messages.Geometry;

namespace DklActors.Physics.Patterns.Discs;

/// <summary>Pixels of a map that are higher than their eight neighbours.</summary>
internal static class LocalMaxima
{
    /// <summary>Finds those above a level and at least <paramref name="edge"/> px from the edges.</summary>
    /// <param name="map">The map.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="edge">At least 1: a pixel of the edge has not all neighbours.</param>
    /// <param name="level">Least height.</param>
    /// <param name="heights">Filled with minus the heights, so that an ascending sort has the highest first.</param>
    /// <param name="places">Filled with the pixels.</param>
    /// <returns>How many there are.</returns>
    public static int Find(
        ReadOnlySpan<float> map, GridShape shape, int edge, float level, Span<float> heights, Span<int> places)
    {
        int found = 0;
        for (int row = edge; row < shape.Rows - edge; row++)
        {
            int start = row * shape.Columns;
            for (int column = edge; column < shape.Columns - edge; column++)
            {
                int at = start + column;
                if (column + Vector256<float>.Count <= shape.Columns - edge
                    && Vector256.LessThanAll(Vector256.Create(map[at..]), Vector256.Create(level)))
                {
                    column += Vector256<float>.Count - 1;
                    continue;
                }

                float height = map[at];
                if (height >= level && IsMaximum(map, at, shape.Columns, height))
                {
                    heights[found] = -height;
                    places[found++] = at;
                }
            }
        }

        heights[..found].Sort(places[..found]);
        return found;
    }

    // Of equal neighbours the first counts.
    private static bool IsMaximum(ReadOnlySpan<float> map, int at, int columns, float height) =>
        map[at - 1] < height && map[at + 1] <= height
        && map[at - columns - 1] < height && map[at - columns] < height && map[at - columns + 1] < height
        && map[at + columns - 1] <= height && map[at + columns] <= height && map[at + columns + 1] <= height;
}
