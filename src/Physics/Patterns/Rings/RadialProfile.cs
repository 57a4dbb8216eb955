using DklActors.Messages.Geometry;
using DklActors.Physics.Patterns.Masks;

namespace DklActors.Physics.Patterns.Rings;

/// <summary>Counts by distance from a centre, in bins of one px. Room for one pattern at a time.</summary>
internal sealed class RadialProfile(int bins)
{
    private readonly double[] _counts = new double[bins];
    private readonly double[] _radii = new double[bins];
    private readonly double[] _pixels = new double[bins];

    public int Bins => _counts.Length;

    /// <summary>Sorts the pixels of a pattern from <paramref name="inner"/> px on into bins.</summary>
    public void Fill(ReadOnlySpan<float> counts, GridShape shape, PatternPoint centre, double inner)
    {
        Array.Clear(_counts);
        Array.Clear(_radii);
        Array.Clear(_pixels);
        double outer = inner + Bins;
        int firstRow = Math.Max((int)(centre.Row - outer), 0);
        int endRow = Math.Min((int)(centre.Row + outer) + 2, shape.Rows);
        for (int row = firstRow; row < endRow; row++)
        {
            double rows = row - centre.Row, reach = Math.Sqrt(Math.Max((outer * outer) - (rows * rows), 0));
            int first = Math.Max((int)(centre.Column - reach), 0);
            int end = Math.Min((int)(centre.Column + reach) + 2, shape.Columns);
            for (int column = first; column < end; column++)
            {
                double columns = column - centre.Column, radius = Math.Sqrt((rows * rows) + (columns * columns));
                int bin = (int)Math.Floor(radius - inner);
                if ((uint)bin < (uint)_counts.Length)
                {
                    _counts[bin] += counts[(row * shape.Columns) + column];
                    _radii[bin] += radius;
                    _pixels[bin]++;
                }
            }
        }
    }

    /// <summary>Mean count of a bin's pixels.</summary>
    public double Mean(int bin) => _counts[bin] / Math.Max(_pixels[bin], 1);

    /// <summary>Mean distance of a bin's pixels, which is not the middle of the bin.</summary>
    public double Radius(int bin) => _radii[bin] / Math.Max(_pixels[bin], 1);

    public double Pixels(int bin) => _pixels[bin];
}
