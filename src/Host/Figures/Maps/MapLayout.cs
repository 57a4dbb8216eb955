using DklActors.Host.Figures.Axes;
using DklActors.Host.Figures.Colours;
using DklActors.Host.Figures.Lettering;

namespace DklActors.Host.Figures.Maps;

/// <summary>Sizes in pixels of one map with all that belongs to it.</summary>
internal sealed record MapLayout
{
    public const int TitleHeight = 28;
    public const int BarGap = 14;
    public const int BarWidth = 14;
    public const int TickLength = 4;
    public const int FooterRow = 24;

    private const int LabelGap = 5;
    private const int QuantityHeight = 20;

    /// <exception cref="ArgumentException">The values do not fill the shape, or there are none.</exception>
    public MapLayout(MapFigure figure, int leastEdge)
    {
        if (figure.Shape.Count < 1 || figure.Values.Length != figure.Shape.Count)
        {
            throw new ArgumentException(
                $"The map '{figure.Title}' has {figure.Values.Length} values, which are not {figure.Shape}.",
                nameof(figure));
        }

        int longest = Math.Max(figure.Shape.Rows, figure.Shape.Columns);
        Factor = Math.Max(1, (leastEdge + longest - 1) / longest);
        MapWidth = figure.Shape.Columns * Factor;
        MapHeight = figure.Shape.Rows * Factor;
        Range = figure.Range ?? ValueRange.Of(figure.Values.Span);
        Ticks = NiceTicks.Linear(Range.Low, Range.High, MapHeight < 160 ? 3 : 6);
        LabelWidth = Ticks.Max(static tick => TextPainter.WidthOf(tick.Label, Palette.Label));
        int quantity = figure.Quantity.Length > 0 ? QuantityHeight : 0;
        Width = MapWidth + BarGap + BarWidth + TickLength + LabelGap + LabelWidth + quantity;
        int footers = figure.Visited.Count > 0 || figure.Next is not null ? 2 : 1;
        Height = TitleHeight + MapHeight + 10 + (footers * FooterRow);
    }

    /// <summary>Edge of one pixel of the map on the image.</summary>
    public int Factor { get; }

    public int MapWidth { get; }

    public int MapHeight { get; }

    public ValueRange Range { get; }

    public IReadOnlyList<Tick> Ticks { get; }

    public int LabelWidth { get; }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Left end of the tick labels, from the left of the colour bar.</summary>
    public static int LabelOffset => BarWidth + TickLength + LabelGap;
}
