using DklActors.Messages.Geometry;

namespace DklActors.Host.Figures.Maps;

/// <summary>A map that is larger than its picture, in means over squares of pixels.</summary>
internal static class ReducedMap
{
    /// <param name="shape">Rows × columns of the map.</param>
    /// <param name="divisor">Edge of a square in pixels of the map; those at the far edges may be cut.</param>
    public static GridShape ShapeOf(GridShape shape, int divisor) =>
        new((shape.Rows + divisor - 1) / divisor, (shape.Columns + divisor - 1) / divisor);

    /// <returns>One value a square: the mean of those that are finite, NaN where none is.</returns>
    public static ReadOnlyMemory<double> Means(ReadOnlyMemory<double> values, GridShape shape, int divisor)
    {
        if (divisor == 1)
        {
            return values;
        }

        GridShape reduced = ShapeOf(shape, divisor);
        double[] sums = new double[reduced.Count];
        int[] counts = new int[reduced.Count];
        ReadOnlySpan<double> pixels = values.Span;
        for (int i = 0; i < pixels.Length; i++)
        {
            if (double.IsFinite(pixels[i]))
            {
                int square = (i / shape.Columns / divisor * reduced.Columns) + (i % shape.Columns / divisor);
                sums[square] += pixels[i];
                counts[square]++;
            }
        }

        for (int square = 0; square < sums.Length; square++)
        {
            sums[square] = counts[square] == 0 ? double.NaN : sums[square] / counts[square];
        }

        return sums;
    }
}
