using DklActors.Host.Figures.Colours;
using DklActors.Host.Figures.Lettering;
using DklActors.Host.Figures.Raster;

namespace DklActors.Host.Figures.Maps;

/// <summary>Lays maps out in rows and columns and has each painted.</summary>
internal static class MapPainter
{
    private const int HeadingHeight = 34;
    private const int UsualColumns = 3;
    private const int ColumnsOfWideMaps = 2;

    // Longer than wide, or wider than long, by so much is elongated.
    private const int Elongation = 2;

    public static RgbImage Paint(MapPanel panel)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(panel.Columns ?? UsualColumns, nameof(panel));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(panel.LeastEdge, nameof(panel));
        ArgumentOutOfRangeException.ThrowIfLessThan(panel.MostEdge, panel.LeastEdge, nameof(panel));
        if (panel.Maps.Count == 0)
        {
            throw new ArgumentException("A panel needs a map.", nameof(panel));
        }

        MapLayout[] layouts = [.. panel.Maps.Select(map => new MapLayout(map, panel.LeastEdge, panel.MostEdge))];
        int columns = Math.Min(panel.Columns ?? ColumnsFor(layouts), layouts.Length);
        int rows = (layouts.Length + columns - 1) / columns;
        int[] widths = [.. Enumerable.Range(0, columns).Select(column =>
            layouts.Where((_, i) => i % columns == column).Max(static layout => layout.Width))];
        int[] heights = [.. Enumerable.Range(0, rows).Select(row =>
            layouts.Where((_, i) => i / columns == row).Max(static layout => layout.Height))];
        int heading = panel.Title.Length > 0 ? HeadingHeight : 0;
        var image = new RgbImage(
            widths.Sum() + ((columns + 1) * Palette.Margin),
            heights.Sum() + ((rows - 1) * Palette.Margin / 2) + (Palette.Margin * 2) + heading, Rgb.White);
        if (heading > 0)
        {
            string title = TextPainter.Fit(panel.Title, Palette.Heading, image.Width - (2 * Palette.Margin));
            TextPainter.Draw(image, title, Palette.Margin, Palette.Margin + 14, Palette.Heading);
        }

        for (int i = 0; i < layouts.Length; i++)
        {
            int left = widths[..(i % columns)].Sum() + ((1 + (i % columns)) * Palette.Margin);
            int top = heights[..(i / columns)].Sum() + (i / columns * Palette.Margin / 2) + Palette.Margin + heading;
            new MapCell(image, panel.Maps[i], layouts[i], left, top).Paint();
        }

        return image;
    }

    /// <summary>Tall maps stand side by side, wide ones lie below each other.</summary>
    private static int ColumnsFor(MapLayout[] layouts) =>
        layouts.All(static layout => layout.MapHeight >= Elongation * layout.MapWidth) ? layouts.Length
        : layouts.All(static layout => layout.MapWidth >= Elongation * layout.MapHeight) ? ColumnsOfWideMaps
        : UsualColumns;
}
