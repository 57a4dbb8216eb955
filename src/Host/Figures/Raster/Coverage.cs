using DklActors.Host.Figures.Colours;

namespace DklActors.Host.Figures.Raster;

/// <summary>
/// How much of each pixel a drawing covers, 0 … 1, estimated from the distance between pixel centre and stroke. All
/// strokes are united before anything is painted, so that joints and crossings stay even.
/// </summary>
internal sealed class Coverage
{
    private readonly int _left;
    private readonly int _top;
    private readonly int _width;
    private readonly float[] _alpha;

    private Coverage(int left, int top, int width, int height)
    {
        _left = left;
        _top = top;
        _width = width;
        _alpha = new float[width * height];
    }

    private int Height => _alpha.Length / _width;

    /// <summary>Null where the drawing lies outside the image altogether.</summary>
    public static Coverage? OfLines(
        IEnumerable<IReadOnlyList<PixelPoint>> lines, double thickness, int imageWidth, int imageHeight)
    {
        IReadOnlyList<PixelPoint>[] all = [.. lines.Where(static line => line.Count > 0)];
        PixelPoint[] points = [.. all.SelectMany(static line => line)];
        if (points.Length == 0)
        {
            return null;
        }

        double reach = (0.5 * thickness) + 1;
        int left = Clamp(points.Min(static p => p.X) - reach, imageWidth);
        int right = Clamp(points.Max(static p => p.X) + reach + 1, imageWidth);
        int top = Clamp(points.Min(static p => p.Y) - reach, imageHeight);
        int bottom = Clamp(points.Max(static p => p.Y) + reach + 1, imageHeight);
        if (right <= left || bottom <= top)
        {
            return null;
        }

        var coverage = new Coverage(left, top, right - left, bottom - top);
        foreach (IReadOnlyList<PixelPoint> line in all)
        {
            for (int i = 0; i < Math.Max(1, line.Count - 1); i++)
            {
                coverage.Add(line[i], line[Math.Min(i + 1, line.Count - 1)], 0.5 * thickness);
            }
        }

        return coverage;
    }

    public void PaintOn(RgbImage image, Rgb colour, double opacity)
    {
        for (int i = 0; i < _alpha.Length; i++)
        {
            if (_alpha[i] > 0)
            {
                image.Blend(_left + (i % _width), _top + (i / _width), colour, _alpha[i] * opacity);
            }
        }
    }

    private static int Clamp(double at, int size) => (int)Math.Clamp(Math.Floor(at), 0, size);

    private void Add(PixelPoint from, PixelPoint to, double radius)
    {
        double reach = radius + 1;
        int firstX = Math.Max(0, Clamp(Math.Min(from.X, to.X) - reach - _left, _width));
        int endX = Clamp(Math.Max(from.X, to.X) + reach + 1 - _left, _width);
        int firstY = Clamp(Math.Min(from.Y, to.Y) - reach - _top, Height);
        int endY = Clamp(Math.Max(from.Y, to.Y) + reach + 1 - _top, Height);
        for (int y = firstY; y < endY; y++)
        {
            for (int x = firstX; x < endX; x++)
            {
                double distance = Distance(from, to, new PixelPoint(_left + x + 0.5, _top + y + 0.5));

                // A stroke thinner than a pixel covers a part of it even where it runs through its centre.
                double covered = Math.Min(Math.Clamp(radius + 0.5 - distance, 0, 1), 2 * radius);
                ref float alpha = ref _alpha[(y * _width) + x];
                alpha = Math.Max(alpha, (float)covered);
            }
        }
    }

    private static double Distance(PixelPoint from, PixelPoint to, PixelPoint point)
    {
        double dx = to.X - from.X;
        double dy = to.Y - from.Y;
        double squared = (dx * dx) + (dy * dy);
        double along = squared == 0
            ? 0
            : Math.Clamp((((point.X - from.X) * dx) + ((point.Y - from.Y) * dy)) / squared, 0, 1);
        return double.Hypot(point.X - from.X - (along * dx), point.Y - from.Y - (along * dy));
    }
}
