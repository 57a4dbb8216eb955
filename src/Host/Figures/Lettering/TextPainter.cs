using DklActors.Host.Figures.Raster;

namespace DklActors.Host.Figures.Lettering;

/// <summary>Draws text in the stroke font.</summary>
internal static class TextPainter
{
    private const double UnitsBetweenGlyphs = 2.5;

    /// <summary>Width of the text in pixels.</summary>
    public static int WidthOf(string text, TextStyle style)
    {
        int width = 0;
        foreach (char character in text)
        {
            width += Advance(StrokeFont.Of(character), style);
        }

        return Math.Max(0, width - Gap(style));
    }

    /// <summary>Draws text whose baseline is the lower edge of pixel row <paramref name="baseline"/> − 1.</summary>
    public static void Draw(
        RgbImage image, string text, int x, int baseline, TextStyle style, TextAnchor anchor = TextAnchor.Start)
    {
        double left = x - Before(text, style, anchor);
        Paint(image, text, style, (along, rise) => new PixelPoint(left + along + 0.5, baseline - 0.5 - rise));
    }

    /// <summary>Draws text that runs upwards; its baseline is the right edge of pixel column x − 1.</summary>
    public static void DrawUpwards(
        RgbImage image, string text, int x, int y, TextStyle style, TextAnchor anchor = TextAnchor.Start)
    {
        double bottom = y + Before(text, style, anchor);
        Paint(image, text, style, (along, rise) => new PixelPoint(x - 0.5 - rise, bottom - 0.5 - along));
    }

    /// <summary>The text, or as much of its beginning as fits, with an ellipsis.</summary>
    public static string Fit(string text, TextStyle style, int width)
    {
        if (WidthOf(text, style) <= width)
        {
            return text;
        }

        int length = text.Length;
        while (length > 0 && WidthOf(text[..length].TrimEnd() + "…", style) > width)
        {
            length--;
        }

        return length == 0 ? "" : text[..length].TrimEnd() + "…";
    }

    private static void Paint(RgbImage image, string text, TextStyle style, Func<double, double, PixelPoint> place)
    {
        var strokes = new List<PixelPoint[]>();
        double pen = 0;
        foreach (char character in text)
        {
            Glyph glyph = StrokeFont.Of(character);
            double widen = glyph.Width == 0 ? 1 : PixelWidth(glyph, style) / glyph.Width;
            strokes.AddRange(glyph.Strokes.Select(stroke => stroke
                .Select(point => place(pen + (point.X * widen), StrokeFont.Rise(point.Y, style.Size)))
                .ToArray()));
            pen += Advance(glyph, style);
        }

        image.StrokeLines(strokes, style.Thickness, style.Colour);
    }

    private static int Before(string text, TextStyle style, TextAnchor anchor) => anchor switch
    {
        TextAnchor.Start => 0,
        TextAnchor.Middle => WidthOf(text, style) / 2,
        _ => WidthOf(text, style),
    };

    private static int Advance(Glyph glyph, TextStyle style) => (int)PixelWidth(glyph, style) + Gap(style);

    private static int Gap(TextStyle style) => (int)Math.Round(UnitsBetweenGlyphs * Scale(style));

    // Whole pixels, so that the right stem of an n is as crisp as its left one.
    private static double PixelWidth(Glyph glyph, TextStyle style) => Math.Round(glyph.Width * Scale(style));

    private static double Scale(TextStyle style) => 0.072 * style.Size;
}
