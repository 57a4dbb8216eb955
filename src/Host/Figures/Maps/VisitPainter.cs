using DklActors.Host.Figures.Colours;
using DklActors.Host.Figures.Lettering;
using DklActors.Host.Figures.Raster;
using DklActors.Messages.Geometry;

namespace DklActors.Host.Figures.Maps;

/// <summary>Paints the visited points with their path, and the legend that explains them.</summary>
internal sealed class VisitPainter(RgbImage image, MapFigure figure, MapLayout layout, int left, int top)
{
    private const double Outline = 1.1;
    private const double PathWidth = 1;
    private const double RingGap = 4;

    // Narrower maps have no room for the order beside the scale bar.
    private const int LeastWidthForOrder = 300;

    // The dark end of viridis is hard to see on a dark image, so early points begin a little above it.
    private const double EarliestColour = 0.12;

    private readonly double _radius =
        Math.Clamp(0.0105 * Math.Sqrt((double)layout.MapWidth * layout.MapHeight), 3.2, 5);

    public void Paint()
    {
        PixelPoint[] places = [.. figure.Visited.Select(visit => PlaceOf(visit.Point))];
        if (places.Length > 1 && figure.Colouring == VisitColouring.Order)
        {
            image.StrokeLines([places], PathWidth + 1.2, Rgb.Black, 0.18);
            image.StrokeLines([places], PathWidth, Rgb.White, 0.45);
        }

        for (int i = 0; i < places.Length; i++)
        {
            PaintMark(places[i], figure.Visited[i].IsSeed, ColourOf(i));
        }

        if (places.Length > 0)
        {
            PaintRing(places[0], Palette.First);
            PaintRing(places[^1], Palette.Last);
        }

        if (figure.Next is GridPoint next)
        {
            PaintCross(PlaceOf(next));
        }
    }

    /// <summary>Marks and words in one row, and for coloured order a strip from first to last above it.</summary>
    public void PaintLegend(int y)
    {
        if (figure.Visited.Count == 0 && figure.Next is null)
        {
            return;
        }

        double middle = y + 6.5;
        double x = left + _radius + 3;
        Rgb sample = figure.Colouring == VisitColouring.Plain ? Rgb.White : ColourMap.Viridis[0.6];
        if (figure.Visited.Any(static visit => visit.IsSeed))
        {
            PaintMark(new PixelPoint(x, middle), isSeed: true, sample);
            x = PaintWord("seed", x, y);
        }

        if (figure.Visited.Any(static visit => !visit.IsSeed))
        {
            PaintMark(new PixelPoint(x, middle), isSeed: false, sample);
            x = PaintWord("planned", x, y);
        }

        if (figure.Visited.Count > 0)
        {
            x += RingGap;
            PaintRing(new PixelPoint(x, middle), Palette.First);
            x = PaintWord("first", x + RingGap, y) + RingGap;
            PaintRing(new PixelPoint(x, middle), Palette.Last);
            x = PaintWord("last", x + RingGap, y);
        }

        if (figure.Next is not null)
        {
            PaintCross(new PixelPoint(x + RingGap, middle));
            PaintWord("next", x + RingGap + 2, y);
        }

        bool hasRoom = layout.MapWidth >= LeastWidthForOrder;
        if (hasRoom && figure.Colouring == VisitColouring.Order && figure.Visited.Count > 1)
        {
            PaintOrderStrip(y - MapLayout.FooterRow);
        }
    }

    private PixelPoint PlaceOf(GridPoint point) =>
        new(left + ((point.Column + 0.5) * layout.Scale), top + ((point.Row + 0.5) * layout.Scale));

    private Rgb ColourOf(int index) => figure.Colouring switch
    {
        VisitColouring.Order => OrderColour(index / Math.Max(1.0, figure.Visited.Count - 1)),
        VisitColouring.Value => figure.Colours[layout.Range.FractionOf(figure.Visited[index].Value ?? double.NaN)],
        _ => Rgb.White,
    };

    private static Rgb OrderColour(double fraction) =>
        ColourMap.Viridis[EarliestColour + ((1 - EarliestColour) * fraction)];

    private void PaintMark(PixelPoint at, bool isSeed, Rgb colour)
    {
        if (!isSeed)
        {
            image.FillCircle(at, _radius + Outline, Palette.Ink);
            image.FillCircle(at, _radius, colour);
            return;
        }

        int half = (int)Math.Round(_radius);
        int x = (int)Math.Floor(at.X);
        int y = (int)Math.Floor(at.Y);
        image.FillRectangle(x - half - 1, y - half - 1, (2 * half) + 3, (2 * half) + 3, Palette.Ink);
        image.FillRectangle(x - half, y - half, (2 * half) + 1, (2 * half) + 1, colour);
    }

    private void PaintRing(PixelPoint at, Rgb colour)
    {
        PixelPoint[] circle = [.. Enumerable.Range(0, 41).Select(i => new PixelPoint(
            at.X + ((_radius + 4) * Math.Cos(i * Math.PI / 20)), at.Y + ((_radius + 4) * Math.Sin(i * Math.PI / 20))))];
        image.StrokeLines([circle], 3.6, Palette.Ink, 0.75);
        image.StrokeLines([circle], 2, colour);
    }

    private void PaintCross(PixelPoint at)
    {
        double arm = _radius + 3;
        PixelPoint[][] cross =
        [
            [new(at.X - arm, at.Y), new(at.X + arm, at.Y)],
            [new(at.X, at.Y - arm), new(at.X, at.Y + arm)],
        ];
        image.StrokeLines(cross, 4.4, Rgb.White, 0.9);
        image.StrokeLines(cross, 2.4, Palette.Next);
    }

    private double PaintWord(string word, double markAt, int y)
    {
        int x = (int)(markAt + _radius + 8);
        TextPainter.Draw(image, word, x, y + 6 + (Palette.Small.CapitalHeight / 2), Palette.Small);
        return x + TextPainter.WidthOf(word, Palette.Small) + 12 + _radius;
    }

    private void PaintOrderStrip(int y)
    {
        const int Length = 72;
        const int Thickness = 8;
        string last = $"{figure.Visited.Count}";
        int baseline = y + 6 + (Palette.Small.CapitalHeight / 2);
        int right = left + layout.MapWidth;
        TextPainter.Draw(image, last, right, baseline, Palette.Small, TextAnchor.End);
        int x = right - TextPainter.WidthOf(last, Palette.Small) - 7 - Length;
        for (int i = 0; i < Length; i++)
        {
            image.FillRectangle(x + i, y + 3, 1, Thickness, OrderColour(i / (Length - 1.0)));
        }

        TextPainter.Draw(image, "order 1", x - 7, baseline, Palette.Small, TextAnchor.End);
    }
}
